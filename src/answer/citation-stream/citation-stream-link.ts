import type { Syntax, Verdict } from "./citation-stream-region.ts";

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
