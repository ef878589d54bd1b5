/** A record or file that could not be used, or something to know about one that could. */
export interface CorpusProblem {
  /** Relative to the working folder. */
  readonly file: string;
  readonly line?: number;
  readonly reason: string;
}

/** Problems told one by one for a file; the rest are counted, so that no file can fill the memory with them. */
export const MAX_PROBLEMS_PER_FILE = 1000;

/** The problems of one file, bounded. */
export class ProblemLog {
  readonly #file: string;
  readonly #what: string;
  readonly #kept: CorpusProblem[] = [];
  #count = 0;

  /** @param what is counted, where there is too much of it: "records could not be used" */
  constructor(file: string, what: string) {
    this.#file = file;
    this.#what = what;
  }

  add(problem: { readonly line?: number; readonly reason: string }): void {
    this.#count++;
    if (this.#count <= MAX_PROBLEMS_PER_FILE) this.#kept.push({ file: this.#file, ...problem });
  }

  /** In the order of the file, with a last one that counts those left out. */
  all(): CorpusProblem[] {
    const more = this.#count - this.#kept.length;
    if (more === 0) return this.#kept;
    return [...this.#kept, { file: this.#file, reason: `${more} more ${this.#what}` }];
  }
}
