import type { Syntax, Verdict } from "./citation-stream-region.ts";

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
