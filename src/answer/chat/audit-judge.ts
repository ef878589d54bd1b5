import type { Paper } from "../../protocol.ts";
import type { ClaimSupport, Evidence } from "./claim-support.ts";

/** ClaimSupport for one answer: remembers what it has judged, since sentences and claims are often the same. */
export class AuditJudge {
  readonly #text: string;
  readonly #paperOf: (id: string) => Paper;
  readonly #support: ClaimSupport;
  readonly #signal: AbortSignal | undefined;
  readonly #known = new Map<string, Promise<Evidence>>();

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

  textOf(span: { readonly start: number; readonly end: number }): string {
    return this.#text.slice(span.start, span.end);
  }

  paper(id: string): Paper {
    return this.#paperOf(id);
  }

  best(claim: string, paperId: string): Promise<Evidence> {
    const key = `${paperId} ${claim.trim().replace(/\s+/g, " ")}`;
    const known = this.#known.get(key) ?? this.#support.best(claim, this.#paperOf(paperId), this.#signal);
    this.#known.set(key, known);
    return known;
  }

  async support(claim: string, paperId: string): Promise<number> {
    return (await this.best(claim, paperId)).support;
  }
}
