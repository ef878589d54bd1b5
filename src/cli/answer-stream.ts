import { paint } from "./paint.ts";
import { TableLines } from "./table-lines.ts";
import { terminalText } from "./terminal-text.ts";

/** An escaped character, a marker, the sign of bold text, or anything else; at the end also half of these. */
const TOKEN = /\\[\s\S]|\[\d{1,4}\]|\*\*|\[\d{0,4}$|[^\\[*]+|[\s\S]/g;
/** A last token that the next delta may complete. */
const UNFINISHED = /^(?:\\|\*|\[\d{0,4})$/;
const ESCAPED = /^\\([!-/:-@[-`{-~])$/;

/**
 * The Markdown of an answer as terminal text, delta by delta: escapes are undone, `**bold**` is bold and `[1]` is
 * coloured where colour is on, tables are lists. The little that a delta leaves open is held back until the next.
 */
export class AnswerStream {
  readonly #colour: boolean;
  #held = "";
  #bold = false;
  readonly #tables = new TableLines();

  constructor(colour: boolean) {
    this.#colour = colour;
  }

  push(delta: string): string {
    const tokens = (this.#held + this.#tables.push(terminalText(delta))).match(TOKEN) ?? [];
    this.#held = UNFINISHED.test(tokens.at(-1) ?? "") ? (tokens.pop() ?? "") : "";
    return tokens.map((token) => this.#style(token)).join("");
  }

  /** What is still held back. */
  end(): string {
    const rest = this.#held + (this.#bold ? this.#toggleBold() : "");
    this.#held = "";
    return rest;
  }

  #style(token: string): string {
    if (token === "**") return this.#toggleBold();
    if (/^\[\d+\]$/.test(token)) return paint(this.#colour).marker(token);
    return ESCAPED.exec(token)?.[1] ?? token;
  }

  #toggleBold(): string {
    this.#bold = !this.#bold;
    if (!this.#colour) return "";
    return this.#bold ? "\u001b[1m" : "\u001b[22m";
  }
}
