import { LineScanner } from "./line-scanner.ts";

/** What `weigh` says of Markdown that is not to be parsed at all. */
export const TOO_HEAVY = 40_000;
/** Units for a line (a list item, a heading), for a cell of a table. */
const LINE = 40;
const CELL = 10;
/** Characters times marks of inline Markdown in one paragraph that make a unit: the parser looks for the other half of each. */
const PAIRS = 100;
/** Lists and quotations in one another: people read six. */
const DEEPEST = 40;

/** What may open a list item, a quotation or a footnote at the beginning of a line, again and again. */
const CONTAINERS = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)|\[\^[^\]\s]{1,99}\]:))+/;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const MARKS = /[[\]*_~`$<&!@:\\]/g;

/**
 * What it costs to draw a block of Markdown, told from its source: a unit is about 10 µs of a slow machine. From
 * TOO_HEAVY on it would hold the page up for half a second or more, or is nested so deeply that parsing it could
 * overflow the stack: it is then shown as it is.
 */
export function weigh(markdown: string): number {
  let weight = markdown.length;
  let paragraph = { length: 0, marks: 0 };
  let columns = 0;
  const scanner = new LineScanner();
  const close = () => {
    weight += (paragraph.length * paragraph.marks) / PAIRS;
    paragraph = { length: 0, marks: 0 };
  };
  // So much of it is too heavy anyway, and is not looked at.
  const lines = markdown.length > TOO_HEAVY ? [] : markdown.split("\n");
  const isTable =
    /^[|:\s-]+$/.test(lines[1] ?? "") &&
    columnsOf(lines[1]) > 1 &&
    columnsOf(lines[0]) === columnsOf(lines[1]);
  const code = codeLines(lines);
  for (const line of lines.slice(code)) {
    if (depth(line) > DEEPEST) return Number.POSITIVE_INFINITY;
    if (scanner.ends(line) || isTable) close();
    if (/^[\s>|:-]+$/.test(line)) columns = Math.max(columns, columnsOf(line));
    paragraph.length += line.length;
    paragraph.marks += line.match(MARKS)?.length ?? 0;
  }
  close();
  // A row of a table that is too short is filled up.
  return weight + lines.length * (LINE + columns * CELL);
}

/** Lines of code at the beginning. */
function codeLines([first = "", ...lines]: readonly string[]): number {
  const [, fence] = FENCE.exec(first) ?? [];
  if (fence === undefined) return 0;
  const end = lines.findIndex((line) => line.trim().startsWith(fence));
  return end < 0 ? lines.length + 1 : end + 1;
}

/** Of a row of a table; 0 where that is hard to tell. */
function columnsOf(row = ""): number {
  if (/[\\`>]|^\s/.test(row)) return 0;
  return row.replace(/^\||\|\s*$/g, "").split("|").length;
}

/** At most how many lists and quotations a line stands in: each is opened by a mark, or gone on with by two columns. */
function depth(line: string): number {
  const [opened = ""] = CONTAINERS.exec(line) ?? [];
  const spaces = opened.replace(/[^ \t]/g, "").replaceAll("\t", "    ").length;
  const marks =
    opened
      .match(/[^ \t]+/g)
      ?.join("")
      .match(/>|[-*+]|\d+[.)]|\[\^/g)?.length ?? 0;
  return marks + Math.floor(spaces / 2);
}
