/** Notes: how one is made, and the check that none passes without. */
import { textOf } from "../corpus/paper.ts";
import type { Citation, Paper } from "../protocol.ts";

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A note on `claim`, a span of the answer's text, that quotes a span of the paper. */
export function makeCitation(
  note: Pick<Citation, "id" | "marker" | "support" | "field"> & { claim: Span; quoted: Span },
  paper: Paper,
): Citation {
  const { quoted, ...rest } = note;
  return {
    ...rest,
    paperId: paper.id,
    paperRevision: paper.revision,
    title: paper.title,
    ...(paper.url === undefined ? {} : { url: paper.url }),
    quote: textOf(paper, note.field).slice(quoted.start, quoted.end),
    start: quoted.start,
    end: quoted.end,
  };
}

/** Whether the quote stands in the paper, character for character, at its offsets: the first promise. */
export function isVerbatim(citation: Citation, paper: Paper): boolean {
  const text = textOf(paper, citation.field);
  return (
    citation.quote !== "" &&
    citation.paperId === paper.id &&
    citation.paperRevision === paper.revision &&
    citation.end <= text.length &&
    text.slice(citation.start, citation.end) === citation.quote
  );
}
