/** The names below a title, and the lines with them, their addresses and marks: all that stands above the text. */
import { splitNames } from "../../../names/author-names.ts";
import { isOrganisation } from "../../../names/organisation.ts";
import type { PageLine } from "./page-lines.ts";

/** Below the title, lines in which names may stand: those of a large group are more. */
const NAME_LINES = 60;
/** Lines that tell where the text begins, their letters at least, and the share of their words that are not capitalised. */
const PROSE_LINES = 3;
const LEAST_LETTERS = 28;
const LOWER = 0.55;
const MOST_NAME = 60;
/** What the text begins with. */
const OPENING = /^(?:abstract|summary|keywords?|introduction|\d{1,2}\.?\s+introduction|[IVX]{1,4}\.\s)/i;
const NO_NAMES =
  /@|\d{4,}|https?:|\b(?:universit|institut|department|dept|laborator|school of|college|faculty|hospital|cent(?:er|re)|research|inc\b|ltd\b|gmbh|google|microsoft|abstract|correspond|equal contribution|received|accepted|published|street|avenue|email|e-mail|china|usa|korea|japan|india|germany|france|italy|canada|kingdom)/i;
/** A line that begins with a mark explains it. */
const MARKED = /^[\s(]*(?:\d{1,2}|[∗*†‡§¶♠♣♦♥⋆])[\s)]*\p{Lu}/u;
const PROSE = /\s(?:we|is|are|was|were|that|this|these|have|has|which|our|can|by|to)\s/;
const NAME =
  /^(?:\p{Lu}[\p{L}'’.-]*|\p{Ll}{1,4}|[dD]['’]\p{L}+)(?:\s(?:\p{Lu}[\p{L}'’.-]*|(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|ter|ten|bin|ibn|al|el|y)|[dD]['’]\p{L}+)){1,4}$/u;
/** "MIT CSAIL", beside names that are not in capitals. */
const ACRONYM = /(?:^|\s)\p{Lu}{3,}(?:\s|$)/u;

export const isName = (text: string): boolean => NAME.test(text) && text.length < MOST_NAME;

/** @param title the lines of the title, none where it is not on the page */
export function authorLines(
  lines: readonly PageLine[],
  title: readonly PageLine[],
): { names: string[]; used: readonly PageLine[] } {
  const last = title.at(-1);
  if (last === undefined) return { names: [], used: [] };
  const from = lines.indexOf(last) + 1;
  const names: string[] = [];
  let end = from;
  for (; end < Math.min(lines.length, from + NAME_LINES); end++) {
    const text = lines[end]?.text ?? "";
    if (OPENING.test(text) || beginsText(lines, end)) break;
    const isOther = NO_NAMES.test(text) || MARKED.test(text) || isOrganisation(text);
    const found = isOther ? [] : namesIn(text);
    if (found.length === 0 && !isOther && PROSE.test(text)) break;
    names.push(...found);
  }
  const isShouted = names.filter((name) => !/\p{Ll}{2}/u.test(name)).length > names.length / 2;
  const kept = isShouted ? names : names.filter((name) => !ACRONYM.test(name));
  return { names: [...new Set(kept)], used: kept.length === 0 ? [] : lines.slice(from, end) };
}

/** Whether lines of prose follow one another from here. */
function beginsText(lines: readonly PageLine[], at: number): boolean {
  const run = lines.slice(at, at + PROSE_LINES);
  const [first] = run;
  if (first === undefined || run.length < PROSE_LINES) return false;
  const isEven = run.every(
    (line, index) =>
      line.text.length >= LEAST_LETTERS &&
      Math.abs(line.size - first.size) < 0.3 &&
      (index === 0 || (run[index - 1]?.y ?? 0) - line.y < 1.9 * first.size),
  );
  if (!isEven) return false;
  const words = run.flatMap(({ text }) => text.match(/[\p{L}@][^\s]*/gu) ?? []);
  const lower = words.filter(
    (word) => /^\p{Ll}/u.test(word) && !word.includes("@") && !/^(?:and|of|the|at|for|in)$/.test(word),
  );
  const counted = words.filter((word) => !/^(?:and|of|the|at|for|in)$/.test(word));
  return lower.length >= LOWER * counted.length;
}

/** The names on a line; none where most of it are others. */
function namesIn(text: string): string[] {
  // What marks an affiliation or stands apart ends a name.
  const marked = text
    .replace(/[∗*†‡§¶♠♣♦♥⋆✉]+/g, ",")
    .replace(/(?<=\p{L}\.?)\s?\d(?:\s?,?\s?\d)*(?=[\s,]|$)/gu, ",")
    .replace(/\s{2,}/g, ",");
  const found = splitNames(marked)
    .map((name) => name.replace(/[\s,]+$/, "").replace(/^[\s,]+/, ""))
    .filter((name) => name !== "");
  const good = found.filter(isName);
  return good.length < found.length / 2 ? [] : good;
}
