/** A part of a Markdown text that can be rendered by itself; `text` begins at `start` of the whole. */
export interface Block {
  readonly start: number;
  readonly text: string;
}

const FENCE = /^ {0,3}(`{3,}|~{3,}|\$\$)/;
const LIST_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])\s/;

/**
 * Cuts a Markdown text at blank lines, but not within a fence, a display formula or a list. While a text grows at its
 * end, all of its blocks but the last stay the same.
 */
export function splitBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let start = 0;
  let fence = "";
  let inList = false;
  let wasBlank = false;
  let at = 0;
  for (const line of text.split(/(?<=\n)/)) {
    const isBlank = line.trim() === "";
    const continuesList = inList && (LIST_ITEM.test(line) || /^\s/.test(line));
    if (fence === "" && wasBlank && !isBlank && !continuesList && at > start) {
      blocks.push({ start, text: text.slice(start, at) });
      start = at;
      inList = false;
    }
    const [, mark = ""] = FENCE.exec(line) ?? [];
    if (fence === "" && at === start) inList = LIST_ITEM.test(line);
    if (fence === "") fence = isOneLine(line, mark) ? "" : mark;
    else if (mark.startsWith(fence)) fence = "";
    wasBlank = isBlank;
    at += line.length;
  }
  if (start < text.length) blocks.push({ start, text: text.slice(start) });
  return blocks;
}

/** `$$x$$` on a line by itself opens nothing. */
function isOneLine(line: string, mark: string): boolean {
  return mark === "$$" && line.trim().length > 2 && line.trim().endsWith("$$");
}
