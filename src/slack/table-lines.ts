/** A cell of the line below a table's head. */
const DELIMITER = /^:?-+:?$/;
const QUOTE = /^(?:[ \t]*>)+/;

/**
 * Lines that begin with a bar, in a quote too, one by one: those of a Markdown table become a list, an item for each
 * row with the names of its columns; others stay as they are.
 */
export class TableLines {
  readonly #inline: (text: string) => string;
  /** The last line, while it is not known to be a table's head. */
  #line = "";
  #head: readonly string[] | undefined;
  #rows = 0;
  /** The signs of the quote that they stand in. */
  #quote = "";

  constructor(inline: (text: string) => string) {
    this.#inline = inline;
  }

  add(line: string): string {
    const [quote = ""] = QUOTE.exec(line) ?? [];
    const before = quote === this.#quote ? "" : this.end();
    this.#quote = quote;
    return before + this.#row(line.slice(quote.length), line);
  }

  #row(row: string, line: string): string {
    if (this.#head !== undefined) {
      this.#rows += 1;
      return this.#item(cellsOf(row), this.#head);
    }
    const last = this.#line;
    if (last !== "" && cellsOf(row).every((cell) => DELIMITER.test(cell))) {
      this.#head = cellsOf(last.slice(this.#quote.length));
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
    const quote = this.#quote === "" ? "" : `${this.#quote} `;
    return this.#inline(`${quote}- ${text}\n`);
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
