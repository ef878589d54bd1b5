import { closesFence, opensFence } from "./next-piece.ts";
import { escapeText } from "./slack-text.ts";

/** Half a word that would ping. */
const HALF_PING = /@[a-z]{0,8}$/i;
/** Longest of it. */
const PING_LENGTH = 9;
/** A line that may be a fence, or become one. */
const FENCE = /^ {0,3}(?:`{3}|~{3}|`{1,2}$|~{1,2}$)/;

/**
 * An answer's Markdown as Slack's, delta by delta: what is given out is never changed again, and is the same however the
 * text was cut. Control characters are escaped, mentions defused (`escapeText`), tables become lists: Slack's Markdown
 * has none. Code keeps its backslashes and its bars.
 */
export class SlackMarkdown {
  readonly #table = new TableLines(wholeLine);
  #inline = new InlineMarkdown();
  #held = "";
  #atLineStart = true;
  /** The line that opened the block of code that this is in. */
  #fence: string | undefined;

  push(delta: string): string {
    this.#held += delta;
    let out = "";
    for (let step = this.#step(); step !== undefined; step = this.#step()) out += step;
    return out;
  }

  /** What is still held back. */
  end(): string {
    const rest = this.#held;
    this.#held = "";
    const inTable = this.#atLineStart && this.#isRow(rest);
    return inTable ? this.#table.add(rest) + this.#table.end() : this.#table.end() + this.#text(rest);
  }

  /** What can be given out next; undefined when more has to come first. */
  #step(): string | undefined {
    const lineEnd = this.#held.indexOf("\n") + 1;
    if (this.#atLineStart) {
      if (/^[ \t>]*$/.test(this.#held)) return undefined;
      if (FENCE.test(this.#held)) return lineEnd === 0 ? undefined : this.#fenced(this.#take(lineEnd));
      if (!this.#isRow(this.#held)) {
        this.#atLineStart = false;
        return this.#table.end();
      }
      return lineEnd === 0 ? undefined : this.#table.add(this.#take(lineEnd));
    }
    if (lineEnd > 0) {
      this.#atLineStart = true;
      const line = this.#text(this.#take(lineEnd));
      this.#inline = new InlineMarkdown();
      return line;
    }
    const keep = finishedLength(this.#held);
    return keep === 0 ? undefined : this.#text(this.#take(keep));
  }

  /** A line that looks like a fence. */
  #fenced(line: string): string {
    const before = this.#table.end();
    if (this.#fence === undefined) {
      if (!opensFence(line)) return before + wholeLine(line);
      this.#fence = line;
    } else if (closesFence(line, this.#fence)) this.#fence = undefined;
    return before + escapeText(line);
  }

  #text(text: string): string {
    return this.#fence === undefined ? this.#inline.push(text) : escapeText(text);
  }

  #isRow(line: string): boolean {
    return this.#fence === undefined && /^[ \t>]*\|/.test(line);
  }

  #take(length: number): string {
    const taken = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return taken;
  }
}

/** A whole text at once. */
export function slackMarkdown(markdown: string): string {
  const stream = new SlackMarkdown();
  return stream.push(markdown) + stream.end();
}

function wholeLine(line: string): string {
  return new InlineMarkdown().push(line);
}

/** How much of a text the next characters cannot change: without half an escape, backticks or half a ping at its end. */
function finishedLength(text: string): number {
  const length = text.length;
  const ticks = trailing(text, "`");
  if (ticks > 0) return length - ticks;
  if (trailing(text, "\\") % 2 === 1) return length - 1;
  return length - (HALF_PING.exec(text.slice(-PING_LENGTH))?.[0].length ?? 0);
}

/** How often the character stands at the end. */
function trailing(text: string, character: string): number {
  let at = text.length;
  while (text[at - 1] === character) at--;
  return text.length - at;
}

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
