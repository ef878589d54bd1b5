/** Title and authors of a PDF, by the sizes on its first page. */

import { splitNames } from "../../../names/author-names.ts";
import { isOrganisation } from "../../../names/organisation.ts";
import type { DocumentHead } from "../blocks-draft.ts";
import type { PageLine } from "./page-lines.ts";

/** What programs write for a title. */
const NO_TITLE =
  /^(?:untitled|microsoft word|title|paper|article|main|manuscript|arxiv template|doi:)|\.(?:dvi|docx?|tex|pdf|indd|qxd|rtf)$/i;
/** Lines that stand large on first pages and are no titles. */
const MASTHEAD =
  /^(?:research|original|review)\s(?:article|paper|report)|^(?:article|letter|letters|report|open access|preprint|under review|published as|accepted|available online|contents lists|journal of|proceedings of|arxiv:|vol(?:ume)?\b|issn\b|https?:)/i;
const LEAST_WORDS = 2;
const LEAST_LETTERS = 8;
const MOST_LINES = 6;
/** Below the title, lines in which names may stand. */
const NAME_LINES = 14;
/** Letters of a line of an address; and words that only a text has. */
const MOST_ADDRESS = 90;
const PROSE = /\s(?:we|is|are|was|were|that|this|these|have|has|which|our|can|by|to)\s/;
/** What the text begins with. */
const OPENING = /^(?:abstract|summary|keywords?|introduction|\d{1,2}\.?\s+introduction|[IVX]{1,4}\.\s)/i;
const NO_NAMES =
  /@|\d{4,}|https?:|\b(?:universit|institut|department|dept|laborator|school of|college|faculty|hospital|cent(?:er|re)|research|inc\b|ltd\b|gmbh|google|microsoft|abstract|correspond|equal contribution|received|accepted|published|street|avenue|email|e-mail|china|usa|germany|france)/i;
const NAME =
  /^(?:\p{Lu}[\p{L}'’.-]*|\p{Ll}{1,4}|[dD]['’]\p{L}+)(?:\s(?:\p{Lu}[\p{L}'’.-]*|(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|ter|ten|bin|ibn|al|el|y)|[dD]['’]\p{L}+)){1,4}$/u;
const STAMP =
  /arXiv:\s?(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]{2,12}(?:\.[A-Z]{2})?\/\d{7}(?:v\d+)?)(?:\s\[[\w.-]{2,20}\])?(?:\s{1,3}\d{1,2}\s\w{3}\s(\d{4}))?/;

export interface PdfFacts {
  /** What the file says of itself. */
  readonly title?: string | undefined;
  readonly author?: string | undefined;
  /** Text that is set upright at the edge: arXiv's stamp. */
  readonly upright: string;
}

/** @returns also the lines that are no part of the text. @param lines of the first page in reading order @param body size of most letters @param height of the page */
export function pdfHead(
  lines: readonly PageLine[],
  body: number,
  height: number,
  facts: PdfFacts,
): DocumentHead & { used: readonly PageLine[] } {
  const titleLines = titleOf(lines, body, height);
  const own =
    facts.title !== undefined &&
    !NO_TITLE.test(facts.title.trim()) &&
    facts.title.trim().length >= LEAST_LETTERS
      ? facts.title.trim()
      : undefined;
  const title = titleLines.length > 0 ? joinTitle(titleLines) : own;
  const stamp = STAMP.exec(`${facts.upright}\n${lines.map(({ text }) => text).join("\n")}`);
  const dois = new Set(
    lines.flatMap(
      ({ text }) => /\b10\.\d{4,9}\/[^\s"<>]{2,200}/.exec(text)?.[0].replace(/[.,;)]+$/, "") ?? [],
    ),
  );
  const { names, used } = namesBelow(lines, titleLines);
  const said =
    facts.author === undefined
      ? []
      : splitNames(facts.author)
          .map((name) => name.trim())
          .filter((name) => NAME.test(name));
  return {
    title,
    authors: names.length > 0 ? names : said,
    year: stamp?.[2],
    arxivId: stamp?.[1],
    doi: dois.size === 1 ? [...dois][0] : undefined,
    // What stands above the title is the journal's.
    used: [...lines.slice(0, Math.max(0, lines.indexOf(titleLines[0] as PageLine))), ...titleLines, ...used],
  };
}

/** The largest letters of the upper half that are words: the first run of lines in that size. */
function titleOf(lines: readonly PageLine[], body: number, height: number): PageLine[] {
  const upper = lines.filter(({ y, text }) => y > 0.45 * height && !MASTHEAD.test(text));
  const sizes = [...new Set(upper.map(({ size }) => Math.round(size * 2) / 2))].sort((a, b) => b - a);
  for (const size of sizes) {
    if (size < 1.08 * body) return [];
    const isOfSize = (line: PageLine) => Math.abs(line.size - size) <= 0.6;
    const first = upper.findIndex(isOfSize);
    let end = first;
    while (
      end < upper.length &&
      end - first < MOST_LINES &&
      isOfSize(upper[end] as PageLine) &&
      isNear(upper[end - 1], upper[end] as PageLine, end > first)
    )
      end++;
    const run = upper.slice(first, end);
    const text = joinTitle(run);
    if (
      text.length >= LEAST_LETTERS &&
      (text.split(" ").length >= LEAST_WORDS || sizes.length === 1) &&
      text.length < 400
    )
      return run;
  }
  return [];
}

const isNear = (last: PageLine | undefined, line: PageLine, isLater: boolean): boolean =>
  !isLater || (last !== undefined && last.y - line.y < 2.2 * line.size);

function joinTitle(lines: readonly PageLine[]): string {
  return lines
    .map(({ text }) => text)
    .reduce(
      (text, next) =>
        /\p{L}[-‐]$/u.test(text) && /^\p{Ll}/u.test(next)
          ? text.replace(/[-‐]$/, "") + next
          : `${text} ${next}`,
      "",
    )
    .replace(/\s+/g, " ")
    .replace(/\s?[*∗†‡§¶]+$/, "")
    .trim();
}

/** The names below the title, and the lines with them, their addresses and marks: all that is above the text. */
function namesBelow(
  lines: readonly PageLine[],
  title: readonly PageLine[],
): { names: string[]; used: readonly PageLine[] } {
  const last = title.at(-1);
  if (last === undefined) return { names: [], used: [] };
  const from = lines.indexOf(last) + 1;
  const names: string[] = [];
  let end = from;
  for (const { text } of lines.slice(from, from + NAME_LINES)) {
    if (OPENING.test(text)) break;
    const found = NO_NAMES.test(text) || isOrganisation(text) ? [] : namesIn(text);
    if (found.length === 0 && text.length > MOST_ADDRESS && !NO_NAMES.test(text)) break;
    if (found.length === 0 && PROSE.test(text)) break;
    names.push(...found);
    end++;
  }
  return { names: [...new Set(names)], used: names.length === 0 ? [] : lines.slice(from, end) };
}

/** The names on a line; none where most of it are others. */
function namesIn(text: string): string[] {
  // What marks an affiliation or stands apart ends a name.
  const marked = text
    .replace(/[∗*†‡§¶♠♣♦♥⋆]+/g, ",")
    .replace(/(?<=\p{L})\s?\d(?:,?\d)*(?=[\s,]|$)/gu, ",")
    .replace(/\s{2,}/g, ",");
  const found = splitNames(marked)
    .map((name) => name.replace(/[\s,]+$/, "").replace(/^[\s,]+/, ""))
    .filter((name) => name !== "");
  const good = found.filter((name) => NAME.test(name) && name.length < 60);
  return good.length < found.length / 2 ? [] : good;
}
