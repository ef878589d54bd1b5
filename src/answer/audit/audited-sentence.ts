/** What one sentence of an answer is: a claim, a question, a refusal; and how far papers carry it. */

import { createRequire } from "node:module";
import { digitQuantities } from "../../claim/claim-facts.ts";
import type { Evidence } from "../../claim/claim-support.ts";
import type { Support } from "../../claim/support-across-languages.ts";
import type { Citation, Paper } from "../../protocol.ts";
import { begins, finds, fitting, says, tokensOf } from "../../question/language/phrases.ts";
import { namesIn } from "../../text/names-in.ts";
import { terms } from "../../text/terms.ts";
import { type AuditSentence, clausesOf } from "./answer-blocks.ts";

export interface Judged {
  readonly citation: Citation;
  /** In [0, 1], of the claim as a whole. */
  readonly whole: number;
  /** In [0, 1]; of a clause of it, where its sentence cites several papers. */
  readonly support: number;
  /** Nothing tells whether it is carried. */
  readonly unjudged: boolean;
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

interface Span {
  readonly start: number;
  readonly end: number;
  readonly text?: string;
}

/** ClaimSupport for one answer: remembers what it has judged, since sentences and claims are often the same. */
export class AuditJudge {
  readonly #text: string;
  readonly #paperOf: (id: string) => Paper;
  readonly #support: Support;
  readonly #signal: AbortSignal | undefined;
  /** By the words. */
  readonly #known = new Map<string, Promise<Evidence>>();
  /** By their place: the words of a claim with many notes are read once. */
  readonly #ofSpans = new Map<string, Promise<Evidence>>();

  constructor(input: {
    readonly text: string;
    readonly paperOf: (id: string) => Paper;
    readonly support: Support;
    readonly signal?: AbortSignal | undefined;
  }) {
    this.#text = input.text;
    this.#paperOf = input.paperOf;
    this.#support = input.support;
    this.#signal = input.signal;
  }

  textOf(span: Span): string {
    return this.#text.slice(span.start, span.end);
  }

  paper(id: string): Paper {
    return this.#paperOf(id);
  }

  /** @param span of the answer; its `text` where that is not what stands there */
  best(span: Span, paperId: string): Promise<Evidence> {
    const key = `${span.start} ${span.end} ${paperId}`;
    const known = this.#ofSpans.get(key) ?? this.#bestOf(span.text ?? this.textOf(span), paperId);
    this.#ofSpans.set(key, known);
    return known;
  }

  async support(span: Span, paperId: string): Promise<number> {
    return (await this.best(span, paperId)).support;
  }

  #bestOf(claim: string, paperId: string): Promise<Evidence> {
    const key = `${paperId} ${claim.trim().replace(/\s+/g, " ")}`;
    const known = this.#known.get(key) ?? this.#support.best(claim, this.#paperOf(paperId), this.#signal);
    this.#known.set(key, known);
    return known;
  }
}

/** Terms below which a sentence without a number or name asserts nothing that could be checked. */
const FEWEST_TERMS = 3;
/** Signs around a sentence; at its end looked for from the first of them alone. */
const WRAPPING = /^[*_"“(]+|(?<![*_"”)])[*_"”)]+$/g;
/** Whether a sentence states a fact, rather than asks, leads over or frames what the answer states. */
export function isFactual(sentence: string): boolean {
  const text = sentence.trim().replace(WRAPPING, "");
  const tokens = tokensOf(text);
  // "Here are …", "In short": it speaks of the answer itself.
  if (/[?:]$/.test(text) || begins(tokens, "framing") !== undefined) return false;
  const specific = digitQuantities(text).length > 0 || namesIn(text).length > 0;
  // "The sources discuss two approaches."
  if (!specific && begins(tokens, "ofSources") !== undefined) return false;
  return new Set(terms(text)).size >= (specific ? FEWEST_TERMS - 1 : FEWEST_TERMS);
}

/** Whether a sentence says that the sources do not say what was asked: by the phrases in which English says so. */
export function saysNothing(sentence: string): boolean {
  const tokens = tokensOf(sentence);
  // "Most papers do not mention X" speaks of the literature.
  const others = finds(tokens, "ofOthers");
  const own = tokens.filter((_, at) => !others.some(({ first, end }) => at >= first && at < end));
  return says(own, "denial");
}

/** UTF-16 code units: a refusal is a sentence or two, what is longer answers something. */
const LONGEST = 300;

/** By language what a model was given, as it calls it, and what denies. */
const refusals = createRequire(import.meta.url)("../../question/language/refusals.json") as Readonly<
  Record<string, { readonly given: string; readonly denial: string }>
>;
/** Languages that part no words. */
const UNPARTED = new Set(["zh", "ja", "ko"]);

/**
 * Whether a text without any note says in another language than English that the sources do not say: it is short,
 * speaks of the sources, and denies. Of a text with notes this would be too little: "the sources show that X does not".
 */
export function saysNothingElsewhere(text: string): boolean {
  if (text.length > LONGEST) return false;
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const holds = (language: string, list: string) =>
    UNPARTED.has(language)
      ? list.split(" ").some((part) => text.includes(part))
      : words.some(fitting(list.replaceAll(" ", "|")));
  return Object.entries(refusals).some(
    ([language, { given, denial }]) => holds(language, given) && holds(language, denial),
  );
}
