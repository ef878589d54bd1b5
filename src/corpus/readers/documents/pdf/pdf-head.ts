/** Title, authors and ids of a PDF, by what stands on its first page, or on its second behind a cover. */
import { splitNames } from "../../../names/author-names.ts";
import type { DocumentHead } from "../blocks-draft.ts";
import { authorLines, isName } from "./author-lines.ts";
import { knownWords } from "./join-lines.ts";
import type { BodyStyle } from "./line-kinds.ts";
import type { PageLine } from "./page-lines.ts";
import { joinTitle, saidTitle, titleLines } from "./title-lines.ts";

const STAMP =
  /arXiv:\s?(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]{2,12}(?:\.[A-Z]{2})?\/\d{7}(?:v\d+)?)(?:\s{1,3}\[[\w.-]{2,20}\])?(?:\s{1,3}\d{1,2}\s\w{3}\s(\d{4}))?/;
/** What the text of a paper begins with. */
const OPENING = /^(?:\d{0,2}\.?\s{0,3}|[IVX]{1,4}\.\s{1,3})?(?:abstract|summary|introduction)\b/i;
/** Letters of a cover at most. */
const MOST_COVER = 3000;

export interface PdfFacts {
  /** What the file says of itself. */
  readonly title?: string | undefined;
  readonly author?: string | undefined;
  /** Text that is set upright at the edge of the first pages: arXiv's stamp. */
  readonly upright: string;
}

/** @returns also the lines that are no part of the text. @param pages lines in reading order @param height of a page */
export function pdfHead(
  pages: readonly (readonly PageLine[])[],
  body: BodyStyle,
  height: number,
  facts: PdfFacts,
): DocumentHead & { used: readonly PageLine[] } {
  const words = knownWords(pages.flat());
  const said = saidTitle(facts.title);
  const titleOf = (page: readonly PageLine[]) => titleLines(page, body, height, words, said);
  const cover = isCover(pages, titleOf) ? (pages[0] ?? []) : [];
  const lines = pages[cover.length > 0 ? 1 : 0] ?? [];
  const title = titleOf(lines);
  const stamp = STAMP.exec(`${facts.upright}\n${lines.map(({ text }) => text).join("\n")}`);
  const dois = new Set(
    lines.flatMap(
      ({ text }) => /\b10\.\d{4,9}\/[^\s"<>]{2,200}/.exec(text)?.[0].replace(/[.,;)]+$/, "") ?? [],
    ),
  );
  const { names, used } = authorLines(lines, title);
  const told = facts.author === undefined ? [] : splitNames(facts.author).map((name) => name.trim());
  return {
    title: title.length > 0 ? joinTitle(title, words) : said,
    authors: names.length > 0 ? names : told.filter(isName),
    year: stamp?.[2],
    arxivId: stamp?.[1],
    doi: dois.size === 1 ? [...dois][0] : undefined,
    // What stands above the title is the journal's.
    used: [...cover, ...lines.slice(0, Math.max(0, lines.indexOf(title[0] as PageLine))), ...title, ...used],
  };
}

/** Whether the paper begins on the second page: the first one names it, or only its archive. */
function isCover(
  [first = [], second = []]: readonly (readonly PageLine[])[],
  titleOf: (page: readonly PageLine[]) => readonly PageLine[],
): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const whole = (lines: readonly PageLine[]) => bare(lines.map(({ text }) => text).join(""));
  const letters = first.reduce((sum, { text }) => sum + text.length, 0);
  if (letters > MOST_COVER || first.some(({ text }) => OPENING.test(text))) return false;
  const title = titleOf(second);
  const own = whole(title);
  const opening = second.findIndex(({ text }) => OPENING.test(text));
  if (own === "" || opening < second.indexOf(title[0] as PageLine)) return false;
  return whole(first).includes(own) || opening > 0;
}
