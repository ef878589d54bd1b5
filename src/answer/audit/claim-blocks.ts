/** Where one paragraph, list item, heading or table cell of Markdown ends and the next begins. */

export interface Block {
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
