/** Turns what an answer is made of into its Markdown, part by part, each quotation with its note. */
import { typeset } from "../../protocol/wording.ts";
import type { Citation } from "../../protocol.ts";
import { escapeMarkdown } from "../../util/strings.ts";
import type { AnswerPart, AnswerRequest } from "../answerer.ts";
import { makeCitation } from "../citations.ts";
import type { Quotation } from "./quotation.ts";

/** Markdown as it is, or a quotation, which is followed by its note. */
export type Piece = string | Quotation;

/** What is written until the pieces end, or the request is aborted. */
export async function* compose(
  request: AnswerRequest,
  pieces: readonly Piece[],
): AsyncGenerator<AnswerPart, { text: string; citations: Citation[] }> {
  const citations: Citation[] = [];
  let text = "";
  let lead = "";
  for (const piece of pieces) {
    if (request.signal?.aborted) return { text, citations };
    if (typeof piece === "string") {
      lead += piece;
      continue;
    }
    const shown = shownText(piece);
    const start = text.length + lead.length;
    const added = `${lead}${shown} [${piece.source.marker}]`;
    lead = "";
    text += added;
    yield { type: "text", text: added };
    const id = `${request.messageId}-${citations.length + 1}`;
    const citation = noteOn(piece, id, { start, end: start + shown.length });
    citations.push(citation);
    yield { type: "citation", citation };
  }
  if (lead !== "") yield { type: "text", text: lead };
  return { text: text + lead, citations };
}

function noteOn(quoted: Quotation, id: string, claim: { start: number; end: number }): Citation {
  const { marker } = quoted.source;
  return makeCitation({ id, marker, support: "strong", field: "abstract", claim, quoted }, quoted.paper);
}

/** The quote as Markdown: it begins like a sentence, and an amount that was asked for is bold. */
function shownText({ paper, start, end, bold = [], inTable = false }: Quotation): string {
  let shown = "";
  let from = start;
  for (const span of bold) {
    shown += asMarkdown(paper.abstract.slice(from, span.start));
    shown += `**${asMarkdown(paper.abstract.slice(span.start, span.end))}**`;
    from = span.end;
  }
  shown += asMarkdown(paper.abstract.slice(from, end));
  if (inTable) shown = withoutBars(shown);
  return shown.replace(/^\**\p{Ll}(?=\p{Ll}*(?![\p{L}\p{N}]))/u, (letter) => letter.toUpperCase());
}

function asMarkdown(text: string): string {
  return escapeMarkdown(typeset(text));
}

/** Bars in formulas, which alone are not escaped, by the names that LaTeX has for them. */
function withoutBars(markdown: string): string {
  return markdown
    .split(/(\$[^$\n]+\$)/)
    .map((part, at) => (at % 2 === 0 ? part : part.replace(/\\\|/g, "\\Vert ").replace(/\|/g, "\\vert ")))
    .join("");
}
