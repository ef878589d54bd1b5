import type { Citation } from "../../protocol.ts";
import { clausesOf } from "./audit-clauses.ts";
import { isFactual } from "./audit-framing.ts";
import type { AuditJudge } from "./audit-judge.ts";
import type { AuditSentence } from "./audit-sentences.ts";
import { saysNothing } from "./says-nothing.ts";

export interface Judged {
  readonly citation: Citation;
  /** In [0, 1], of the claim as a whole. */
  readonly whole: number;
  /** In [0, 1]; of a clause of it, where its sentence cites several papers. */
  readonly support: number;
}

/** A sentence with the notes that stand in it. What is asked for each of these is found once: they may be hundreds. */
export class AuditedSentence {
  readonly sentence: AuditSentence;
  readonly isDenial: boolean;
  readonly isQuestion: boolean;
  readonly isFactual: boolean;
  /** Ids of the papers that its notes cite. */
  readonly papers = new Set<string>();
  readonly judged: Judged[] = [];
  readonly #bestClauses = new Map<string, Promise<number>>();
  #clauses: AuditSentence[] | undefined;

  constructor(sentence: AuditSentence) {
    this.sentence = sentence;
    this.isDenial = saysNothing(sentence.text);
    this.isQuestion = asks(sentence.text);
    this.isFactual = isFactual(sentence.text);
  }

  get clauses(): readonly AuditSentence[] {
    this.#clauses ??= clausesOf(this.sentence);
    return this.#clauses;
  }

  /** Support of the clause that the paper carries best; 0 where there is none. */
  bestClause(paperId: string, judge: AuditJudge): Promise<number> {
    const known =
      this.#bestClauses.get(paperId) ??
      Promise.all(this.clauses.map((clause) => judge.support(clause, paperId))).then((supports) =>
        supports.reduce((best, support) => Math.max(best, support), 0),
      );
    this.#bestClauses.set(paperId, known);
    return known;
  }
}

/** Whether a question mark stands behind its last letter or digit. */
function asks(text: string): boolean {
  for (let at = text.length - 1; at >= 0; at--) {
    const char = text.charAt(at);
    if (char === "?") return true;
    if (/[\p{L}\p{N}]/u.test(char)) return false;
  }
  return false;
}

/** Those that a span touches, of sentences in the order of the text. */
export function touching<Item extends { readonly sentence: AuditSentence }>(
  items: readonly Item[],
  { start, end }: { readonly start: number; readonly end: number },
): Item[] {
  const from = firstAt(items.length, (at) => (items[at]?.sentence.end ?? 0) > start);
  const to = firstAt(items.length, (at) => (items[at]?.sentence.start ?? 0) >= end);
  return items.slice(from, to);
}

/** The first of `count` indices at which `holds`, which then holds at all that follow; `count` where it never does. */
export function firstAt(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
