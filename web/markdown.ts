import { element } from "./dom.ts";

/** Math, an escaped character, the marker of a note, bold, code: in this order. */
const INLINE = /(\$[^$\n]+\$)|\\([!-/:-@[-`{-~])|\[(\d{1,4})\]|\*\*(.+?)\*\*|`([^`]+)`/gs;
const LIST_ITEM = /^\s*(?:[-*]|\d+\.)\s+/;

/**
 * The Markdown that answers are written in, as elements: paragraphs, lists, bold, code and markers. All else, HTML
 * and images among it, stays the text that it is.
 */
export function renderMarkdown(text: string, marker: (number: number) => Node): Node[] {
  return text
    .split(/\n\s*\n/)
    .filter((block) => block.trim() !== "")
    .map((block) => renderBlock(block, marker));
}

function renderBlock(block: string, marker: (number: number) => Node): Node {
  const lines = block.split("\n").filter((line) => line.trim() !== "");
  if (!lines.every((line) => LIST_ITEM.test(line))) return element("p", {}, ...inline(block, marker));
  const tag = /^\s*\d/.test(block) ? "ol" : "ul";
  return element(
    tag,
    {},
    ...lines.map((line) => element("li", {}, ...inline(line.replace(LIST_ITEM, ""), marker))),
  );
}

function inline(text: string, marker: (number: number) => Node): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    const [all, math, escaped, number, bold, code] = match;
    nodes.push(text.slice(at, match.index));
    at = match.index + all.length;
    if (number !== undefined) nodes.push(marker(Number(number)));
    else if (bold !== undefined) nodes.push(element("strong", {}, ...inline(bold, marker)));
    else if (code !== undefined) nodes.push(element("code", {}, code));
    else nodes.push(math ?? escaped ?? "");
  }
  return [...nodes, text.slice(at)];
}
