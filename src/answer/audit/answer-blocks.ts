/** The Markdown of an answer in parts: its blocks, the sentences and clauses that state something, a list of sources at its end. */

import type { Citation } from "../../protocol.ts";
import { splitSentences } from "../../text/sentences.ts";
import { terms } from "../../text/terms.ts";

interface Block {
  /** UTF-16 offsets, without the signs of lists, headings, quotes and tables, and without white space at the ends. */
  readonly start: number;
  readonly end: number;
  readonly kind: "text" | "heading" | "code";
}

const HEADING = /^\s{0,3}#{1,6}(?=\s|$)/;
const FENCE = /^[\s>]*(?:[-*+]\s+)?```/;
const BLANK = /^[\s>]*$/;
/** The signs with which a line begins a block of its own. */
const SIGNS = /^\s*(?:(?:>|[-*+•]|\d{1,3}[.)]|#{1,6})(?=\s|$)\s*)+/;
const TABLE_ROW = /^\s*\|/;
const TABLE_RULE = /^[\s|:-]+$/;

interface Line {
  readonly start: number;
  readonly text: string;
}

/**
 * The blocks of a text in order; each holds more than white space. Linear in the text.
 * @param within what the text goes on with: the middle of a line, which no sign can begin, maybe of a table's row
 */
export function blocksOf(text: string, within?: "line" | "row"): Block[] {
  const blocks: Block[] = [];
  let open: { start: number; end: number } | undefined;
  let fenced = false;
  const close = () => {
    if (open !== undefined) pushTrimmed(blocks, text, { ...open, kind: "text" });
    open = undefined;
  };
  for (const [at, line] of linesOf(text).entries()) {
    const end = line.start + line.text.length;
    const inner = at === 0 && within !== undefined;
    const isFence = !inner && FENCE.test(line.text);
    if (isFence) fenced = !fenced;
    if (isFence || fenced) {
      close();
      pushTrimmed(blocks, text, { start: line.start, end, kind: "code" });
    } else if ((!inner && TABLE_ROW.test(line.text)) || (inner && within === "row")) {
      close();
      pushCells(blocks, text, line);
    } else if (!inner && BLANK.test(line.text)) close();
    else {
      const signs = inner ? 0 : (SIGNS.exec(line.text)?.[0].length ?? 0);
      if (signs > 0) close();
      open = { start: open?.start ?? line.start + signs, end };
      if (!inner && HEADING.test(line.text)) {
        pushTrimmed(blocks, text, { ...open, kind: "heading" });
        open = undefined;
      }
    }
  }
  close();
  return blocks;
}

function pushCells(blocks: Block[], text: string, row: Line): void {
  if (TABLE_RULE.test(row.text) && row.text.includes("-")) return;
  for (const { 0: cell, index } of row.text.matchAll(/(?:\\.|[^|\\])+/g)) {
    const start = row.start + index;
    pushTrimmed(blocks, text, { start, end: start + cell.length, kind: "text" });
  }
}

function pushTrimmed(blocks: Block[], text: string, block: Block): void {
  const body = text.slice(block.start, block.end);
  const start = block.end - body.trimStart().length;
  const end = block.start + body.trimEnd().length;
  if (start < end) blocks.push({ ...block, start, end });
}

function linesOf(text: string): Line[] {
  let start = 0;
  return text.split("\n").map((line) => {
    const at = start;
    start += line.length + 1;
    return { start: at, text: line };
  });
}

export interface AuditSentence {
  /** UTF-16 offsets into the answer, without markers and white space at the ends. */
  readonly start: number;
  readonly end: number;
  /** With white space in place of its markers. */
  readonly text: string;
}

/** As CitationStream writes them. */
const MARKER = /(?<!\\)\[\d+\]/g;

/** The sentences, list items and table cells of an answer that state something: no headings, no code. */
export function auditSentences(answer: string): AuditSentence[] {
  const plain = answer.replace(MARKER, (marker) => " ".repeat(marker.length));
  return blocksOf(plain)
    .filter(({ kind }) => kind === "text")
    .flatMap((block) =>
      splitSentences(plain.slice(block.start, block.end)).map(({ start, end }) => ({
        start: block.start + start,
        end: block.start + end,
        text: plain.slice(block.start + start, block.start + end),
      })),
    )
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
}

/** White space is read from its beginning alone, in all patterns here: markers leave much of it. */
const BETWEEN = /[;:,]\s+(?:(?:while|whereas|and|but)\s+)?|(?<!\s)\s+(?:while|whereas|and|but)\s+/g;
/** A full stop that stood behind a marker now stands behind white space. */
const LATE_STOP = /(?<!\s)\s+[.!?]$/;
/** Fewer terms are too few to be judged by. */
const FEWEST_TERMS = 2;

/**
 * The parts of a sentence that says of each of several papers another thing: no paper carries all of it, each clause
 * should be carried by one. Of the clauses of an answer over several papers (23 development questions, the two halves) 1.00 and .93
 * are, by the papers meant; by as many of the nearest others .21 and .11 (test/bench/support.ts). Spans as those of the
 * sentence.
 */
export function clausesOf({ start, end, text }: AuditSentence): AuditSentence[] {
  const clauses: AuditSentence[] = [];
  let from = 0;
  const add = (to: number) => {
    const part = text.slice(from, to);
    const lead = part.length - part.trimStart().length;
    const trimmed = part.trim().replace(LATE_STOP, "");
    const at = start + from + lead;
    if (terms(trimmed).length >= FEWEST_TERMS)
      clauses.push({ start: at, end: at + trimmed.length, text: trimmed });
  };
  for (const { 0: mark, index } of text.matchAll(BETWEEN)) {
    add(index);
    from = index + mark.length;
  }
  add(end - start);
  return clauses;
}

/** A line that heads a list of sources, the first entry maybe behind it. */
const HEAD =
  /^[ \t]*(?:#{1,6}[ \t]*)?(?:\*\*|__)?(?:(?:cited )?sources?|references?|citations?|bibliography|works cited):?(?:\*\*|__)?:?[ \t]*(?=\[\d|$)/i;
const ENTRY = /^[ \t]*(?:[-*+•][ \t]+|\d{1,3}[.)][ \t]+)?\[\d+\]/;
const BLANK_OR_RULE = /^[ \t]*(?:(?:-{3,}|\*{3,}|_{3,})[ \t]*)?$/;

interface Noted {
  readonly text: string;
  readonly citations: readonly Citation[];
}

/**
 * An answer without the list of its sources that models put at its end though they are asked not to: it claims nothing,
 * and each note names its source. As it is where no such list ends it, or only the list has notes.
 */
export function withoutSourceList(answer: Noted): Noted {
  const text = answer.text.slice(0, listStart(answer.text.split("\n")));
  const citations = answer.citations.filter(({ claim }) => claim.end <= text.length);
  const whole = citations.length > 0 && citations.length === text.match(MARKER)?.length;
  return whole ? { text, citations } : answer;
}

/** UTF-16 offset of the list with the blank lines before it; undefined where there is none. */
function listStart(lines: readonly string[]): number | undefined {
  const head = lines.findLastIndex((line) => HEAD.test(line));
  if (head < 1) return undefined;
  const [first = "", ...rest] = lines.slice(head);
  const entries = [first.replace(HEAD, ""), ...rest].filter((line) => !BLANK_OR_RULE.test(line));
  if (entries.length === 0 || !entries.every((line) => ENTRY.test(line))) return undefined;
  const last = lines.slice(0, head).findLastIndex((line) => !BLANK_OR_RULE.test(line));
  return lines.slice(0, last + 1).join("\n").length;
}
