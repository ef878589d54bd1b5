/** What a line of a PDF is: a heading, the text, or what stands aside from it: captions, footnotes, tables. */
import type { PageLine } from "./page-lines.ts";

export type LineKind = "heading" | "text" | "aside";

export interface BodyStyle {
  readonly size: number;
  readonly font: string;
  /** Distance of its lines. */
  readonly leading: number;
}

const NUMBERED = /^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.|[A-H](?:\.\d{1,2}){0,2}\.?)\s{1,4}\p{Lu}/u;
const NAMED =
  /^(?:\d{1,2}\.?\s{1,3}|[IVX]{1,5}\.\s{1,3})?(?:abstract|summary|introduction|background|related works?|preliminaries|methods?|methodology|materials and methods|approach|models?|data(?:sets?)?|experiments?|experimental (?:setup|results)|evaluation|results?(?: and discussion)?|discussion|analysis|limitations?|conclusions?(?: and future work)?|future work|acknowledge?ments?|references|bibliography|appendix|ethics statement|keywords?)\s{0,3}[.:]?$/i;
/** Words that a paper is filed by begin a paragraph of their own, whatever lies above it. */
const KEYWORDS = /^(?:key\s?words|index terms|ccs concepts|pacs numbers|subject classification)\b/i;
const CAPTION =
  /^(?:fig(?:ure|\.)?|table|algorithm|listing|scheme|plate|extended data (?:fig\.?|figure|table))\s?[A-Z]?\.?\d{1,3}[a-z]?\s?[.:|–—]/i;
/** Times the size of the text from which a short line is a heading, and below which it stands aside. */
const LARGER = 1.12;
const SMALLER = 0.94;
const MOST_HEADING = 120;
const MOST_PLAIN_HEADING = 80;
/** Share of a line's words that are none, from which it is of a table or a formula. */
const CELLS = 0.75;
const SPACED_CELLS = 0.45;
/** Share of letters in a heading that has neither number nor size. */
const LETTERS = 0.85;

export const isNumbered = (text: string): boolean => NUMBERED.test(text);
export const isKeywords = (text: string): boolean => KEYWORDS.test(text);
export const isNamed = (text: string): boolean => NAMED.test(text);
const endsSentence = (text: string): boolean => /[.!?:;]["”’)\]]?$/.test(text);

/** The kinds of all lines, in reading order. */
export function lineKinds(lines: readonly PageLine[], body: BodyStyle): LineKind[] {
  const kinds: LineKind[] = [];
  let inCaption = false;
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    const heading = isHeading(line, before, lines[at + 1], body);
    inCaption = !heading && isCaption(line, before, inCaption, body);
    const isAside = inCaption || line.size < SMALLER * body.size || isCells(line.text);
    kinds.push(heading ? "heading" : isAside ? "aside" : "text");
  }
  return kinds;
}

/** A row of a table, or a piece of a formula. */
function isCells(text: string): boolean {
  if (!/\p{L}{3}|\p{Lo}/u.test(text)) return true;
  const words = text.split(/\s+/);
  const isValue = (word: string) => !/\p{L}{3}/u.test(word) || /[=∑∫∏≤≥∈]/.test(word);
  const isSpaced = (text.match(/\s{2}/g)?.length ?? 0) >= 2;
  return words.length > 2 && words.filter(isValue).length >= (isSpaced ? SPACED_CELLS : CELLS) * words.length;
}

/** A caption, or a line that goes on with one. */
function isCaption(
  line: PageLine,
  before: PageLine | undefined,
  inCaption: boolean,
  body: BodyStyle,
): boolean {
  const apart = isApart(line, before, body);
  if (CAPTION.test(line.text)) return apart || inCaption || endsSentence(before?.text ?? ".");
  return inCaption && before !== undefined && !apart && Math.abs(before.size - line.size) < 0.05 * body.size;
}

/** Whether more than a line's distance lies above it. */
function isApart(line: PageLine, before: PageLine | undefined, body: BodyStyle): boolean {
  return (
    before === undefined ||
    before.column !== line.column ||
    before.page !== line.page ||
    before.y - line.y > 1.2 * Math.max(body.leading, line.size)
  );
}

function isHeading(
  line: PageLine,
  before: PageLine | undefined,
  behind: PageLine | undefined,
  body: BodyStyle,
): boolean {
  const { text, size, font } = line;
  if (text.length > MOST_HEADING || !/\p{L}{2}/u.test(text) || CAPTION.test(text)) return false;
  const apart = isApart(line, before, body);
  const isOther = font !== body.font && behind !== undefined && behind.font !== font;
  // "… on three\ndatasets." ends a paragraph.
  const goesOn = !apart && !endsSentence(before?.text ?? ".") && Math.abs((before?.size ?? 0) - size) < 0.5;
  if (NAMED.test(text)) return (apart || isOther || !goesOn) && !(goesOn && /^\p{Ll}/u.test(text));
  const isEnd = endsSentence(text) && !/^\d/.test(text);
  if (size >= LARGER * body.size && !isEnd) return true;
  if (!apart || isEnd || !(isOther || size > 1.02 * body.size)) return false;
  return NUMBERED.test(text) || (isOther && isPlainHeading(line, body));
}

/** A short line in another font: no formula, no row of a table. */
function isPlainHeading({ text, size }: PageLine, body: BodyStyle): boolean {
  const letters = text.replace(/[^\p{L}\s'’-]/gu, "").length;
  return (
    size >= SMALLER * body.size &&
    text.length <= MOST_PLAIN_HEADING &&
    /^\p{Lu}/u.test(text) &&
    /\p{L}{4}/u.test(text) &&
    !/[=<>≤≥∑∫@]|\s{2}/.test(text) &&
    letters >= LETTERS * text.length
  );
}

/** The size and font of most letters. */
export function bodyOf(lines: readonly PageLine[]): BodyStyle {
  const weigh = (key: (line: PageLine) => string): string => {
    const letters = new Map<string, number>();
    for (const line of lines) letters.set(key(line), (letters.get(key(line)) ?? 0) + line.text.length);
    return [...letters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
  };
  const size = Number(weigh((line) => line.size.toFixed(1))) || 10;
  const font = weigh((line) => (Math.abs(line.size - size) < 0.3 ? line.font : ""));
  const gaps = lines
    .flatMap((line, at) => {
      const next = lines[at + 1];
      const isNear =
        next !== undefined && next.page === line.page && next.column === line.column && next.y < line.y;
      return isNear && Math.abs(next.size - size) < 0.5 ? [line.y - next.y] : [];
    })
    .sort((a, b) => a - b);
  return { size, font, leading: gaps[Math.floor(gaps.length / 2)] ?? 1.2 * size };
}
