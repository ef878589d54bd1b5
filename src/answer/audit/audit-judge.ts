import type { ClaimSupport, Evidence } from "../../claim/claim-support.ts";
import type { Paper } from "../../protocol.ts";

interface Span {
  readonly start: number;
  readonly end: number;
  readonly text?: string;
}

/** ClaimSupport for one answer: remembers what it has judged, since sentences and claims are often the same. */
export class AuditJudge {
  readonly #text: string;
  readonly #paperOf: (id: string) => Paper;
  readonly #support: ClaimSupport;
  readonly #signal: AbortSignal | undefined;
  /** By the words. */
  readonly #known = new Map<string, Promise<Evidence>>();
  /** By their place: the words of a claim with many notes are read once. */
  readonly #ofSpans = new Map<string, Promise<Evidence>>();

  constructor(input: {
    readonly text: string;
    readonly paperOf: (id: string) => Paper;
    readonly support: ClaimSupport;
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
