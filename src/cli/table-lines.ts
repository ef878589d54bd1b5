/** White space, bars, dashes and colons alone: the line under the head of a table. */
const RULE = /^[|\s:-]*$/;

/**
 * Markdown whose tables, too wide for a terminal, are lists: the first cell of a row as a line, the others indented
 * below it. Takes the text delta by delta; all else stays as it is.
 */
export class TableLines {
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
