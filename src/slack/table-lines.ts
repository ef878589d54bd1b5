const DELIMITERS = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/**
 * Lines that begin with a bar, one by one: those of a Markdown table become a list, an item for each row with the names
 * of its columns; others stay as they are.
 */
export class TableLines {
  readonly #inline: (text: string) => string;
  /** The last line, while it is not known to be a table's head. */
  #line = "";
  #head: readonly string[] | undefined;
  #rows = 0;

  constructor(inline: (text: string) => string) {
    this.#inline = inline;
  }

  add(line: string): string {
    if (this.#head !== undefined) {
      this.#rows += 1;
      return this.#item(cellsOf(line), this.#head);
    }
    const last = this.#line;
    if (last !== "" && DELIMITERS.test(line)) {
      this.#head = cellsOf(last);
      this.#line = "";
      return "";
    }
    this.#line = line;
    return this.#inline(last);
  }

  /** The next line is none of these. */
  end(): string {
    const lonely = this.#head !== undefined && this.#rows === 0 ? this.#item(this.#head, []) : "";
    const out = this.#inline(this.#line) + lonely;
    this.#line = "";
    this.#head = undefined;
    this.#rows = 0;
    return out;
  }

  #item(cells: readonly string[], names: readonly string[]): string {
    const named = cells.map((cell, at) => {
      const name = names[at] ?? "";
      return name === "" || cell === "" ? cell : `${name}: ${cell}`;
    });
    const text = named.filter((cell) => cell !== "").join("; ");
    return `- ${this.#inline(text)}\n`;
  }
}

/** `| a | b\|c |` → ["a", "b|c"] */
function cellsOf(line: string): string[] {
  const bare = line
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "");
  return bare.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}
