import { escapeText } from "./escape-text.ts";
import { TableLines } from "./table-lines.ts";

/** The end of a text that the next characters may change: half an escape, or half a word that would ping. */
const UNFINISHED = /(?:(?<=(?:^|[^\\])(?:\\\\)*)\\|@[a-z]{0,8})$/i;

/**
 * An answer's Markdown as Slack's, delta by delta: what is given out is never changed again, and is the same however the
 * text was cut. Control characters are escaped, mentions defused (`escapeText`), tables become lists: Slack's Markdown
 * has none.
 */
export class SlackMarkdown {
  readonly #table = new TableLines(inline);
  #held = "";
  #atLineStart = true;

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
    const inTable = this.#atLineStart && isRow(rest);
    return inTable ? this.#table.add(rest) + this.#table.end() : this.#table.end() + inline(rest);
  }

  /** What can be given out next; undefined when more has to come first. */
  #step(): string | undefined {
    const lineEnd = this.#held.indexOf("\n") + 1;
    if (this.#atLineStart) {
      if (/^[ \t]*$/.test(this.#held)) return undefined;
      if (!isRow(this.#held)) {
        this.#atLineStart = false;
        return this.#table.end();
      }
      return lineEnd === 0 ? undefined : this.#table.add(this.#take(lineEnd));
    }
    if (lineEnd > 0) {
      this.#atLineStart = true;
      return inline(this.#take(lineEnd));
    }
    const keep = UNFINISHED.exec(this.#held)?.index ?? this.#held.length;
    return keep === 0 ? undefined : inline(this.#take(keep));
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

function isRow(line: string): boolean {
  return /^[ \t]*\|/.test(line);
}

/** A backslash before a control character goes: the entity needs none, and would be broken by it. */
function inline(text: string): string {
  return text
    .split(/(\\\\)/)
    .map((part) => escapeText(part.replace(/\\([<>&|])/g, "$1")))
    .join("");
}
