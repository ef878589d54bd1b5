/** What an answer quotes: a run of sentences of one abstract that can be read by itself. */
import type { Paper, Source } from "../../protocol.ts";
import type { Candidate } from "./candidates.ts";
import { openingOf } from "./opening.ts";
import type { PaperSentence } from "./paper-sentences.ts";

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
  #sentences = 0;

  /** Sentences quoted so far. */
  get sentences(): number {
    return this.#sentences;
  }

  /** @param most sentences; undefined when it takes more, or has been quoted */
  quote(candidate: Candidate, most = Number.POSITIVE_INFINITY): Quotation | undefined {
    const { source, paper, sentences, at } = candidate;
    const quoted = this.#quoted.get(paper.id) ?? [];
    // Behind its own predecessor a sentence may point back at it.
    const first = quoted.at(-1) === at - 1 ? at : at - sentencesBefore(candidate);
    const run = Array.from({ length: at - first + 1 }, (_, next) => first + next);
    if (run.length > most || run.some((index) => quoted.includes(index))) return undefined;
    this.#quoted.set(paper.id, [...quoted, ...run]);
    this.#sentences += run.length;
    const opening = sentences[first] ?? candidate;
    return {
      source,
      paper,
      start: opening.start + openingOf(textOf(paper, opening)).skip,
      end: candidate.end,
    };
  }
}

/** Sentences that have to be quoted in front of this one. */
export function sentencesBefore({ paper, sentences, at }: Candidate): number {
  let before = 0;
  while (before < MOST_BEFORE && at - before > 0) {
    const sentence = sentences[at - before];
    if (sentence === undefined || !openingOf(textOf(paper, sentence)).pointsBack) break;
    before++;
  }
  return before;
}

function textOf(paper: Paper, { start, end }: Pick<PaperSentence, "start" | "end">): string {
  return paper.abstract.slice(start, end);
}
