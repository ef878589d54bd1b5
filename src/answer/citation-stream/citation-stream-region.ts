/**
 * Code, formulas, escapes and link targets: where brackets and numbers are no markers. An opener alone decides
 * nothing ("$5" is no formula), so a region is open until its closer comes or it turns out to be none.
 */

/**
 * `open`: undecided. `certain`: it is one, wherever it ends. `closed`: it ends with this code unit. `ended`: it ended
 * before this code unit. `failed`: the opener was plain text, and what came since is to be read again.
 */
export type Verdict = "open" | "certain" | "closed" | "ended" | "failed";

/** One kind of region, fed behind the code unit that opened it. */
export interface Syntax {
  /** UTF-16 code units of the opener, as far as it has been read. */
  readonly opener: number;
  /** UTF-16 code units within which it closes or fails. */
  readonly limit: number;
  feed(char: string): Verdict;
  /** Whether it is complete where the text ends. */
  ends(): boolean;
}

/** A region with its text, held to what all kinds share: an empty line or their limit ends them undecided. */
export class Region {
  readonly #syntax: Syntax;
  /** From the opener on. */
  #text: string;
  #blankLine = false;
  #certain = false;

  constructor(syntax: Syntax, first: string) {
    this.#syntax = syntax;
    this.#text = first;
  }

  /** All of it, while it is undecided. */
  get text(): string {
    return this.#text;
  }

  get opener(): number {
    return this.#syntax.opener;
  }

  /** Decided to be one, whatever follows. */
  get isCertain(): boolean {
    return this.#certain;
  }

  feed(char: string): Verdict {
    const verdict = this.#syntax.feed(char);
    if (verdict === "ended") return verdict;
    if (this.#certain) return verdict;
    this.#text += char;
    if (verdict !== "open") {
      this.#certain = verdict === "certain";
      return verdict;
    }
    return this.#endsParagraph(char) || this.#text.length > this.#syntax.limit ? "failed" : "open";
  }

  ends(): boolean {
    return this.#certain || this.#syntax.ends();
  }

  #endsParagraph(char: string): boolean {
    if (char !== "\n") {
      this.#blankLine &&= /\s/.test(char);
      return false;
    }
    const ends = this.#blankLine;
    this.#blankLine = true;
    return ends;
  }
}
