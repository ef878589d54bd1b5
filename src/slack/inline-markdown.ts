import { escapeText } from "./escape-text.ts";

/** Backticks; outside of code also a backslash with what it escapes. */
const IN_CODE = /^(?:`+|[^`]+)/;
const IN_TEXT = /^(?:`+|\\[\\<>&|`]?|[^`\\]+)/;

/**
 * One line, part by part, no part ending in half an escape or half a run of backticks. A backslash before a control
 * character goes: the entity needs none, and would be broken by it. In code it stays, there it escapes nothing.
 */
export class InlineMarkdown {
  /** The backticks that opened the code that this is in. */
  #ticks = "";

  push(text: string): string {
    let out = "";
    for (let rest = text; rest !== ""; ) {
      const [part = rest] = (this.#ticks === "" ? IN_TEXT : IN_CODE).exec(rest) ?? [];
      if (part.startsWith("`")) {
        if (this.#ticks === "") this.#ticks = part;
        else if (this.#ticks === part) this.#ticks = "";
      }
      const escaped = this.#ticks === "" && /^\\[<>&|]$/.test(part);
      out += escapeText(escaped ? part.slice(1) : part);
      rest = rest.slice(part.length);
    }
    return out;
  }
}
