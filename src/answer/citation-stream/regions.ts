/**
 * Code, formulas, escapes and link targets: where brackets and numbers are no markers. An opener alone decides
 * nothing ("$5" is no formula), so a region is open until its closer comes or it turns out to be none.
 */

/**
 * `open`: undecided. `certain`: it is one, wherever it ends. `closed`: it ends with this code unit. `ended`: it ended
 * before this code unit. `failed`: the opener was plain text, and what came since is to be read again.
 */
type Verdict = "open" | "certain" | "closed" | "ended" | "failed";

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

/** Backticks that open a block, at the head of a line. */
const FENCE = 3;

/** `code`, ``code with a ` in it``, and at the head of a line a fenced block (CommonMark 0.31, 4.5 and 6.1). */
export class CodeSyntax implements Syntax {
  /** Longer than any inline code of prose, and than the info line of a fence. */
  readonly limit = 300;
  opener = 1;
  #mayFence: boolean;
  #fence: FenceEnd | undefined;
  #opening = true;
  /** Backticks of the run that is being read. */
  #run = 0;

  constructor(atLineHead: boolean) {
    this.#mayFence = atLineHead;
  }

  feed(char: string): Verdict {
    if (this.#fence !== undefined) return this.#fence.feed(char);
    if (this.#opening && char === "`") {
      this.opener++;
      return "open";
    }
    this.#opening = false;
    return this.#inside(char);
  }

  ends(): boolean {
    return this.#run === this.opener;
  }

  #inside(char: string): Verdict {
    if (char === "`") {
      this.#mayFence = false;
      this.#run++;
      return "open";
    }
    if (this.#run === this.opener) return "ended";
    this.#run = 0;
    if (char !== "\n" || !this.#mayFence || this.opener < FENCE) return "open";
    this.#fence = new FenceEnd(this.opener);
    return "certain";
  }
}

/** Waits for the line of backticks alone, at least as many as opened the block. */
class FenceEnd {
  readonly #length: number;
  #run = 0;
  #line: "head" | "run" | "tail" | "code" = "head";

  constructor(length: number) {
    this.#length = length;
  }

  feed(char: string): Verdict {
    if (char === "\n") {
      const ends = this.#line !== "head" && this.#line !== "code" && this.#run >= this.#length;
      this.#line = "head";
      this.#run = 0;
      return ends ? "ended" : "open";
    }
    if (char === "`" && (this.#line === "head" || this.#line === "run")) {
      this.#line = "run";
      this.#run++;
    } else if (!/[\s>]/.test(char)) this.#line = "code";
    else if (this.#line === "run") this.#line = "tail";
    return "open";
  }
}

/** UTF-16 code units. 99.9 % of the formulas in 60,000 arXiv abstracts are under 200 (text/enclosures.ts). */
const INLINE_LIMIT = 200;
const DISPLAY_LIMIT = 1000;
/** "$5 and …", "$3 million", "$10.": a price, however the text goes on. */
const PRICE = /^\$\d[\d.,]*[kKMB]?(?:\s+\p{L}{2}|[.,;:!?)]\s)/u;
/** UTF-16 code units that may tell a price. */
const PRICE_LENGTH = 24;

/**
 * `$…$` and `$$…$$`. As in Pandoc the text behind the opening dollar and before the closing one is no space, and no
 * digit follows: "$5 and $6" is no formula.
 */
export class DollarSyntax implements Syntax {
  opener = 1;
  limit = INLINE_LIMIT;
  #text = "$";
  /** The last character; empty behind an escape. */
  #before = "";
  #closing = false;

  feed(char: string): Verdict {
    if (this.#closing) return /\d/.test(char) ? "failed" : "ended";
    const first = this.#text.length === 1;
    if (this.#text.length <= PRICE_LENGTH) this.#text += char;
    if (first && char === "$") return this.#display();
    if (this.opener === 1 && ((first && /\s/.test(char)) || PRICE.test(this.#text))) return "failed";
    const before = this.#before;
    this.#before = before === "\\" ? "" : char;
    if (char !== "$" || before === "\\") return "open";
    if (this.opener === 2) return before === "$" ? "closed" : "open";
    this.#closing = !/\s/.test(before);
    return this.#closing ? "open" : "failed";
  }

  ends(): boolean {
    return this.#closing;
  }

  #display(): Verdict {
    this.opener = 2;
    this.limit = DISPLAY_LIMIT;
    return "open";
  }
}

/** What a backslash opens: `\(…\)`, `\[…\]`, or the escape of one sign of punctuation, which is over with it. */
export class BackslashSyntax implements Syntax {
  opener = 1;
  limit = INLINE_LIMIT;
  #brackets: { readonly open: string; readonly close: string } | undefined;
  #escaped = false;

  feed(char: string): Verdict {
    if (this.#brackets === undefined) return this.#open(char);
    const escaped = this.#escaped;
    this.#escaped = char === "\\" && !escaped;
    if (!escaped) return "open";
    // A second opener inside: the first one was an escaped bracket.
    return char === this.#brackets.close ? "closed" : char === this.#brackets.open ? "failed" : "open";
  }

  ends(): boolean {
    return false;
  }

  #open(char: string): Verdict {
    if (!/[!-/:-@[-`{-~]/.test(char)) return "failed";
    if (char !== "(" && char !== "[") return "closed";
    this.opener = 2;
    this.limit = char === "[" ? DISPLAY_LIMIT : INLINE_LIMIT;
    this.#brackets = { open: char, close: char === "[" ? "]" : ")" };
    return "open";
  }
}

/** "[1](2020)" is a note before a year; what Markdown's writers link to begins like this. */
const ADDRESS = /^<?(?:[a-z][a-z0-9+.-]*:|\/|#|\.{1,2}\/|www\.)/i;
/** What may still become one. */
const BEGINNING = /^<?(?:$|[a-z][a-z0-9+.-]*(?:$|:)|www\.|[/#]|\.{1,2}(?:$|\/))/i;
/** UTF-16 code units; longer than any scheme. */
const BEGINNING_LENGTH = 32;
/** Parentheses in parentheses in those of the target; without an end, links in links would be read again and again. */
const MAX_DEPTH = 3;

/** The target of a Markdown link or image, `(address "title")`, behind its closing bracket. */
export class LinkSyntax implements Syntax {
  readonly opener = 1;
  /** Longer addresses are seen in the wild, not in prose. */
  readonly limit = 500;
  #address = "";
  #depth = 1;
  #part: "address" | "gap" | "title" = "address";
  #quote = "";

  feed(char: string): Verdict {
    if (char === "\n") return "failed";
    if (this.#part === "address") return this.#inAddress(char);
    if (this.#part === "title") {
      if (char === this.#quote) this.#part = "gap";
      return "open";
    }
    if (char === ")") return "closed";
    if (/\s/.test(char)) return "open";
    if (char !== '"' && char !== "'") return "failed";
    this.#quote = char;
    this.#part = "title";
    return "open";
  }

  ends(): boolean {
    return false;
  }

  #inAddress(char: string): Verdict {
    if (char === "(" && ++this.#depth > MAX_DEPTH) return "failed";
    if (char === ")" && --this.#depth === 0) return ADDRESS.test(this.#address) ? "closed" : "failed";
    if (!/\s/.test(char)) {
      this.#address += char;
      if (this.#address.length <= BEGINNING_LENGTH && !BEGINNING.test(this.#address)) return "failed";
    } else if (this.#address !== "") {
      if (this.#depth > 1 || !ADDRESS.test(this.#address)) return "failed";
      this.#part = "gap";
    }
    return "open";
  }
}
