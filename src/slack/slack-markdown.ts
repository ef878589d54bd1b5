import { escapeText } from "./escape-text.ts";
import { InlineMarkdown } from "./inline-markdown.ts";
import { closesFence, opensFence } from "./open-fence.ts";
import { TableLines } from "./table-lines.ts";

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
