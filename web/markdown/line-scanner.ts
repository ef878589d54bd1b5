const LINE = /^([ \t>]*)(?:([-*+])(?=[ \t]+\S)|(\d{1,9})([.)])(?=[ \t]+\S)|(#{1,6}[ \t]))?/;
/** `- - -` draws a line. */
const RULE = /^[ \t>]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$/;
/** Columns before an item that make it code, or more of the paragraph before it, instead. */
const TOO_FAR = 4;

interface Item {
  readonly column: number;
  /** Column from which on a line belongs to it. */
  readonly content: number;
  /** Behind its number. */
  readonly delimiter: string;
}

/**
 * Says for one line after the other whether the paragraph before it has ended there for sure: at a blank line, a heading,
 * an item of a list. Where the parser may see it otherwise (`2.` or a deeply indented `-` below a paragraph only goes on
 * with it), the answer is no.
 */
export class LineScanner {
  #open: Item[] = [];
  #quotes = 0;
  #wasBlank = true;

  ends(line: string): boolean {
    const [, prefix = "", bullet, number = "", delimiter = "", heading] = LINE.exec(line) ?? [];
    const quotes = prefix.split(">").length - 1;
    // One space belongs to the mark of a quotation.
    const column = prefix.length - prefix.lastIndexOf(">") - (quotes > 0 ? 2 : 1);
    if (quotes !== this.#quotes) this.#open = [];
    this.#quotes = quotes;
    const wasBlank = this.#wasBlank;
    this.#wasBlank = prefix.length === line.length;
    if (this.#wasBlank) return true;
    const [before] = this.#open.filter(({ content }) => content > column);
    const within = this.#open.filter(({ content }) => content <= column);
    const isNear = column < (within.at(-1)?.content ?? 0) + TOO_FAR && !prefix.includes("\t");
    const isNext = before?.column === column && before.delimiter === delimiter;
    const isItem =
      bullet !== undefined ? !RULE.test(line) : number !== "" && (number === "1" || wasBlank || isNext);
    if (isNear && isItem) {
      this.#open = [...within, { column, content: column + number.length + 2, delimiter }];
      return true;
    }
    if (before !== undefined) this.#open = [];
    return heading !== undefined && isNear;
  }
}
