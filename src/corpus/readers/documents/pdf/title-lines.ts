/** The lines of a first page that are the paper's title: the largest, or those that the file says of itself. */
import { joinLines, type KnownWords } from "./join-lines.ts";
import type { BodyStyle } from "./line-kinds.ts";
import type { PageLine } from "./page-lines.ts";

/** What programs write for a title. */
const NO_TITLE =
  /^(?:untitled|microsoft word|title|paper|article|main|manuscript|layout|document|arxiv template|doi:)|\.(?:dvi|docx?|tex|pdf|indd|qxd|rtf|md|html?)$/i;
/** Lines that stand large on first pages and are no titles. */
const MASTHEAD =
  /^(?:(?:research|original|review|regular|full|short|invited)\s)?(?:articles?|papers?|reports?|letters?|reviews?|communications?|open access|preprint)[.:]?$|^(?:preprint[.,:]|under review|published (?:as|in|by)|accepted (?:for|at|in|by|manuscript)|available online|contents lists|journal of|proceedings of|arxiv:|vol(?:ume|\.)?\s\d|issn\b|https?:)/i;
/** Who publishes: no title while there is another. */
const PUBLISHER =
  /\b(?:journal|proceedings|letters|transactions|bulletin|annals|magazine|university|universit[ée]|universität|repository|press|society|reprint|archive|conference|workshop|preprint)\b/i;
const MOST_PUBLISHER_WORDS = 7;
const LEAST_WORDS = 2;
const LEAST_LETTERS = 8;
const MOST_LETTERS = 400;
const MOST_LINES = 7;
/** Lines that are looked at. */
const HEAD_LINES = 80;
/** Times the size of the text from which a line may be the title; and from which one that is no words may be passed over for it. */
const LARGER = 1.08;
/** Share of a page's height below which its title does not stand. */
const LOWEST = 0.4;
const OPENING = /^(?:abstract|summary|keywords?|introduction|\d{1,2}\.?\s+introduction|contents)\b/i;

/** @param said what the file says of itself @returns in reading order; none where no line is one */
export function titleLines(
  page: readonly PageLine[],
  body: BodyStyle,
  height: number,
  words: KnownWords,
  said?: string,
): readonly PageLine[] {
  const lines = page.slice(0, HEAD_LINES);
  const told = said === undefined ? [] : linesThatSay(lines, said, body);
  if (told.length > 0) return told;
  const upper = lines.filter(({ y, text }) => y > LOWEST * height && !MASTHEAD.test(text));
  const runs = runsBySize(upper).filter((run) => isTitle(joinTitle(run, words)));
  const larger = runs.filter(([first]) => (first?.size ?? 0) >= LARGER * body.size);
  const named = larger.find((run) => !isPublisher(joinTitle(run, words)));
  return named ?? larger[0] ?? otherFont(upper, body, words);
}

/** What the file says of itself, where it is a title. */
export function saidTitle(title: string | undefined): string | undefined {
  const said = title?.trim() ?? "";
  return NO_TITLE.test(said) || said.length < LEAST_LETTERS ? undefined : said;
}

export function joinTitle(lines: readonly PageLine[], words: KnownWords): string {
  return lines
    .map(({ text }) => text)
    .reduce((text, next) => (text === "" ? next : joinLines(text, next, words, true)), "")
    .replace(/\s+/g, " ")
    .replace(/\s?[*∗†‡§¶⋆]+$/, "")
    .trim();
}

const isTitle = (text: string): boolean =>
  text.length >= LEAST_LETTERS &&
  text.length <= MOST_LETTERS &&
  /\p{L}{2}/u.test(text) &&
  !OPENING.test(text) &&
  (text.split(" ").length >= LEAST_WORDS || /^\p{L}/u.test(text));

const isPublisher = (text: string): boolean =>
  text.split(" ").length < LEAST_WORDS ||
  (PUBLISHER.test(text) && text.split(" ").length <= MOST_PUBLISHER_WORDS);

/** Lines of one size below one another, the largest first. */
function runsBySize(lines: readonly PageLine[]): PageLine[][] {
  const runs: PageLine[][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const goesOn =
      last !== undefined &&
      (run?.length ?? 0) < MOST_LINES &&
      Math.abs(last.size - line.size) <= 0.6 &&
      last.y - line.y < 2.2 * line.size &&
      last.y > line.y;
    if (goesOn) run?.push(line);
    else runs.push([line]);
  }
  return runs.sort((a, b) => (b[0]?.size ?? 0) - (a[0]?.size ?? 0));
}

/** A title in the size of the text: the first lines in another font. */
function otherFont(lines: readonly PageLine[], body: BodyStyle, words: KnownWords): readonly PageLine[] {
  const opening = lines.findIndex(({ text }) => OPENING.test(text));
  const head = lines.slice(0, opening < 0 ? MOST_LINES : opening);
  const first = head.findIndex((line) => line.font !== body.font && isTitle(line.text));
  if (first < 0) return [];
  const font = head[first]?.font;
  const run =
    runsBySize(
      head
        .slice(first)
        .filter(
          (line, at, rest) => rest.slice(0, at).every((each) => each.font === font) && line.font === font,
        ),
    )[0] ?? [];
  return isTitle(joinTitle(run, words)) && run[0] === head[first] ? run : [];
}

const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** The lines, the largest where there are several, that together are what the file says of itself. */
function linesThatSay(lines: readonly PageLine[], said: string, body: BodyStyle): readonly PageLine[] {
  const whole = bare(said);
  if (whole.length < LEAST_LETTERS || said.split(/\s/).length <= LEAST_WORDS) return [];
  let best: readonly PageLine[] = [];
  for (const [from, first] of lines.entries()) {
    let text = "";
    for (let end = from; end < Math.min(lines.length, from + MOST_LINES); end++) {
      text += bare(lines[end]?.text ?? "");
      if (!whole.startsWith(text)) break;
      const isLarger = first.size > (best[0]?.size ?? 0.95 * body.size);
      if (text === whole && isLarger) best = lines.slice(from, end + 1);
    }
  }
  return best;
}
