/** What an answer quotes, a run of sentences of one abstract that can be read by itself, and the Markdown it becomes. */

import { typeset } from "../../protocol/wording.ts";
import type { Citation, Paper, Source } from "../../protocol.ts";
import { escapeMarkdown } from "../../util/strings.ts";
import type { AnswerPart, AnswerRequest } from "../answerer.ts";
import { makeCitation } from "../citations.ts";
import type { Candidate } from "./candidates.ts";

export interface Quotation {
  readonly source: Source;
  readonly paper: Paper;
  /** UTF-16 offsets into the abstract. */
  readonly start: number;
  readonly end: number;
  /** Spans of the abstract that are shown in bold, in order. */
  readonly bold?: readonly { readonly start: number; readonly end: number }[];
  /** It stands in a cell of a table, which a bar would end. */
  readonly inTable?: boolean;
}

/** Sentences that may be quoted in front of one for what its "it" means. */
const MOST_BEFORE = 2;

/** Quotes sentences, none twice, and with each the one before where it points back at that. */
export class Quoter {
  /** By paper the sentences quoted, the last one at the end. */
  readonly #quoted = new Map<string, number[]>();
  readonly #apart: boolean;
  #sentences = 0;

  /** @param apart the quotations of a paper do not stand behind one another, as in the cells of a table */
  constructor(apart = false) {
    this.#apart = apart;
  }

  /** Sentences quoted so far. */
  get sentences(): number {
    return this.#sentences;
  }

  /** @param most sentences; undefined when it takes more, or has been quoted */
  quote(candidate: Candidate, most = Number.POSITIVE_INFINITY): Quotation | undefined {
    const { source, paper, sentences, at } = candidate;
    const quoted = this.#quoted.get(paper.id) ?? [];
    // Behind its own predecessor a sentence may point back at it.
    const behindIt = !this.#apart && quoted.at(-1) === at - 1;
    const first = behindIt ? at : at - sentencesBefore(candidate);
    const run = Array.from({ length: at - first + 1 }, (_, next) => first + next);
    if (run.length > most || run.some((index) => quoted.includes(index))) return undefined;
    this.#quoted.set(paper.id, [...quoted, ...run]);
    this.#sentences += run.length;
    const opening = sentences[first] ?? candidate;
    return {
      source,
      paper,
      start: opening.start + opening.opening.skip,
      end: candidate.end,
    };
  }
}

/** Sentences that have to be quoted in front of this one. */
export function sentencesBefore({ sentences, at }: Candidate): number {
  let before = 0;
  while (before < MOST_BEFORE && at - before > 0 && sentences[at - before]?.opening.pointsBack) before++;
  return before;
}

/** Even with these it points at something before them. */
export function staysOpen(candidate: Candidate): boolean {
  return candidate.sentences[candidate.at - sentencesBefore(candidate)]?.opening.pointsBack ?? false;
}

// Turns what an answer is made of into its Markdown, part by part, each quotation with its note.

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
