/** What an answer quotes: a run of sentences of one abstract that can be read by itself. */
import type { Paper, Source } from "../../protocol.ts";
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
