/** Notes: how one is made, and the check that none passes without. */
import { originOf } from "../corpus/excerpt.ts";
import { type PaperBody, textOf } from "../corpus/paper.ts";
import type { Citation, Paper } from "../protocol.ts";

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * A note on `claim`, a span of the answer's text, that quotes a span of the paper.
 * @param paper as it was read: what stands in passages of its body is noted there, with page and section
 */
export function makeCitation(
  note: Pick<Citation, "id" | "marker" | "support"> & {
    field: "title" | "abstract";
    claim: Span;
    quoted: Span;
  },
  paper: Paper,
): Citation {
  const { quoted, field, ...rest } = note;
  const quote = textOf(paper, field).slice(quoted.start, quoted.end);
  return {
    ...rest,
    paperId: paper.id,
    paperRevision: paper.revision,
    title: paper.title,
    ...(paper.url === undefined ? {} : { url: paper.url }),
    quote,
    ...(field === "title" ? { field, start: quoted.start, end: quoted.end } : originOf(paper, quoted)),
  };
}

/** Whether the quote stands in the paper, character for character, at its offsets: the first promise. */
export function isVerbatim(citation: Citation, paper: Paper, body?: PaperBody): boolean {
  const text = textOf(paper, citation.field, body);
  return (
    citation.quote !== "" &&
    citation.paperId === paper.id &&
    citation.paperRevision === paper.revision &&
    citation.end <= text.length &&
    text.slice(citation.start, citation.end) === citation.quote
  );
}
