import { bibtexText } from "./bibtex-text.ts";

/**
 * A title for BibTeX: as `bibtexText`, with braces around the words whose capitals carry meaning (BERT, U-Net,
 * mT5, $X^2$), since many styles set everything else in lower case.
 */
export function bibtexTitle(title: string): string {
  return words(bibtexText(title)).map(protect).join(" ");
}

/** Splits at the spaces that stand outside braces and math. */
function words(title: string): string[] {
  const found: string[] = [""];
  let depth = 0;
  let math = false;
  for (const piece of title.match(/\\.|[\s\S]/gu) ?? []) {
    if (piece === "$") math = !math;
    if (/\{$/.test(piece)) depth += 1;
    if (/\}$/.test(piece)) depth -= 1;
    if (piece === " " && depth === 0 && !math) found.push("");
    else found.push((found.pop() ?? "") + piece);
  }
  return found;
}

/** Marks around a word. */
const OPENING = /^[("'`“‘[]*/;
const CLOSING = ")\"'’”].,:;!?";

function protect(word: string): string {
  const [before = ""] = OPENING.exec(word) ?? [];
  let end = word.length;
  while (end > before.length && CLOSING.includes(word.charAt(end - 1))) end--;
  const [core, after] = [word.slice(before.length, end), word.slice(end)];
  if (!needsCapitals(core) || !isBalanced(core)) return word;
  // "{\" opens what BibTeX calls a special character, whose letters it still changes: one more pair stops that.
  return core.startsWith("\\") ? `${before}{{${core}}}${after}` : `${before}{${core}}${after}`;
}

/** A capital that is not the first letter of its part, or a part that is one capital letter (not the article). */
function needsCapitals(core: string): boolean {
  if (/^\{[^{}]*\}$/.test(core)) return false;
  return core.split(/[-–—/]/).some((part) => /^.+\p{Lu}/su.test(part) || /^[B-Z]$/.test(part));
}

function isBalanced(core: string): boolean {
  let depth = 0;
  for (const brace of core.match(/[{}]/g) ?? []) {
    depth += brace === "{" ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
