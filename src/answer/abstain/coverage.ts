/** How much of some terms another text holds, rare terms counting more. */
export class Coverage {
  readonly terms: ReadonlySet<string>;
  readonly #weights: readonly (readonly [string, number])[];
  readonly #total: number;

  /** @param idf weight of a term, above 0 */
  constructor(terms: readonly string[], idf: (term: string) => number) {
    this.terms = new Set(terms);
    this.#weights = [...this.terms].map((term) => [term, idf(term)] as const);
    this.#total = this.#weights.reduce((sum, [, weight]) => sum + weight, 0);
  }

  /** 0 without terms. */
  get meanIdf(): number {
    return this.#total / Math.max(1, this.terms.size);
  }

  /** The share that `text` holds, in [0, 1]; 0 without terms. */
  in(text: ReadonlySet<string>): number {
    let held = 0;
    for (const [term, weight] of this.#weights) if (text.has(term)) held += weight;
    return this.#total === 0 ? 0 : held / this.#total;
  }
}
