import { paint, terminalText } from "./output.ts";

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

/** White space, bars, dashes and colons alone: the line under the head of a table. */
const RULE = /^[|\s:-]*$/;

/**
 * Markdown whose tables, too wide for a terminal, are lists: the first cell of a row as a line, the others indented
 * below it. Takes the text delta by delta; all else stays as it is.
 */
class TableLines {
  /** The beginning of a line that may be the rule of a table. */
  #held = "";
  #place: "line start" | "text" | "row" = "line start";
  #escaped = false;
  /** Cells of this row that have begun, and whether something of it is written. */
  #cells = 0;
  #written = false;
  /** A cell has begun of which nothing is written. */
  #fresh = false;
  #spaces = "";

  push(delta: string): string {
    let lines = "";
    for (const char of delta) lines += this.#next(char);
    return lines;
  }

  #next(char: string): string {
    if (this.#place === "line start") {
      this.#place = char === "|" ? "row" : char === "\n" ? "line start" : "text";
      if (this.#place !== "row") return char;
      [this.#held, this.#cells, this.#written, this.#fresh, this.#spaces] = ["|", 0, false, false, ""];
      return "";
    }
    if (char === "\n") return this.#endLine();
    if (this.#place === "text") return char;
    if (this.#held === "") return this.#inRow(char);
    this.#held += char;
    if (RULE.test(this.#held)) return "";
    const row = [...this.#held].map((held) => this.#inRow(held)).join("");
    this.#held = "";
    return row;
  }

  #endLine(): string {
    const rule = this.#held !== "";
    this.#held = "";
    this.#place = "line start";
    return rule ? "" : "\n";
  }

  #inRow(char: string): string {
    if (char === "|" && !this.#escaped) {
      this.#cells++;
      this.#fresh = true;
      this.#spaces = "";
      return "";
    }
    if (char === " ") {
      if (!this.#fresh) this.#spaces += char;
      return "";
    }
    this.#escaped = char === "\\" && !this.#escaped;
    const indent = this.#cells > 1 ? `${this.#written ? "\n" : ""}  - ` : "";
    const lead = this.#fresh ? indent : this.#spaces;
    [this.#fresh, this.#written, this.#spaces] = [false, true, ""];
    return lead + char;
  }
}
