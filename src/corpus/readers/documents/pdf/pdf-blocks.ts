/** Lines of a PDF → headings and paragraphs: without what pages repeat, hyphens at line ends joined. */
import { oneLine } from "../../../../util/strings.ts";
import type { Block } from "../blocks-draft.ts";
import { joinLines, type KnownWords, knownWords } from "./join-lines.ts";
import {
  type BodyStyle,
  bodyOf,
  isKeywords,
  isNamed,
  isNumbered,
  type LineKind,
  lineKinds,
} from "./line-kinds.ts";
import type { PageLine } from "./page-lines.ts";
import { withoutRunning } from "./running-lines.ts";

/** Times the usual distance of lines from which a paragraph ends. */
const WIDE = 1.45;

interface OpenBlock {
  readonly kind: LineKind;
  readonly lines: PageLine[];
}

/** @param height of the pages @returns blocks of all pages; a paragraph goes on over a page's end, and over what stands aside */
export function pdfBlocks(pages: readonly (readonly PageLine[])[], height: number): Block[] {
  const whole = withoutRunning(pages, height);
  const body = bodyOf(whole);
  const words = knownWords(whole);
  const kinds = lineKinds(whole, body);
  const lines = whole.map((line) => ({ ...line, text: oneLine(line.text) }));
  const blocks: Block[] = [];
  let open: OpenBlock | undefined;
  let asides: OpenBlock[] = [];
  const push = (...made: readonly OpenBlock[]) =>
    blocks.push(...made.map((block) => toBlock(block, words, body)).filter(isReadable));
  const close = () => {
    push(...(open === undefined ? [] : [open]), ...asides);
    [open, asides] = [undefined, []];
  };
  for (const [at, line] of lines.entries()) {
    const kind = kinds[at] ?? "text";
    if (kind === "aside" && open?.kind === "text") {
      const last = asides.at(-1);
      const lastLine = last?.lines.at(-1);
      if (last !== undefined && lastLine !== undefined && isNext(lastLine, line, kind, body))
        last.lines.push(line);
      else asides.push({ kind, lines: [line] });
      continue;
    }
    const last = open?.lines.at(-1);
    const goesOn: boolean =
      open !== undefined &&
      last !== undefined &&
      open.kind === kind &&
      isContinued(open, last, line, asides, body);
    if (goesOn && open !== undefined && asides.length > 0) {
      // What stands aside on the page where the paragraph began comes before it, so that pages stay in order.
      const [first] = open.lines;
      const isBefore = ({ lines: [own] }: OpenBlock) => own?.page === first?.page;
      push(...asides.filter(isBefore));
      asides = asides.filter((block) => !isBefore(block));
    }
    if (!goesOn) close();
    open ??= { kind, lines: [] };
    open.lines.push(line);
  }
  close();
  return blocks;
}

function isContinued(
  { kind, lines }: OpenBlock,
  last: PageLine,
  line: PageLine,
  asides: readonly OpenBlock[],
  body: BodyStyle,
): boolean {
  if (asides.length === 0) return isNext(last, line, kind, body);
  // Where no column ends, what stands between is a formula, and the text around it two.
  if (last.page === line.page && last.column === line.column) return false;
  const first = lines[0]?.page ?? line.page;
  // Between its pages nothing can stand whose page is neither the first nor the last.
  const isPlaced = asides.every(({ lines: own }) =>
    own.every(({ page }) => page === first || page === line.page),
  );
  return isPlaced && !endsParagraph(last) && isSameSize(last, line);
}

/** What has no word is a scrap of a formula or a table. */
const isReadable = ({ text }: Block): boolean => /\p{L}{3}|\p{Lo}/u.test(text);
const endsParagraph = ({ text }: PageLine): boolean => /[.!?:]["”’)]?$/.test(text);
const isSameSize = (one: PageLine, two: PageLine): boolean =>
  Math.abs(one.size - two.size) < 0.12 * Math.max(one.size, two.size);

function isNext(last: PageLine, line: PageLine, kind: LineKind, body: BodyStyle): boolean {
  const isSamePlace = last.page === line.page && last.column === line.column;
  if (!isSameSize(last, line) || isKeywords(line.text)) return false;
  if (kind === "heading")
    return (
      isSamePlace &&
      last.y - line.y < 1.6 * line.size &&
      !isNumbered(line.text) &&
      !isNamed(line.text) &&
      !isNamed(last.text)
    );
  if (last.page === line.page && (last.column === 0) !== (line.column === 0)) return false;
  // Over the end of a column a sentence goes on.
  if (!isSamePlace) return kind === "text" && !endsParagraph(last);
  if (last.y - line.y > WIDE * Math.max(kind === "text" ? body.leading : 0, 1.1 * line.size)) return false;
  const isIndented = line.x0 - last.x0 > 0.8 * line.size && line.x0 - last.x0 < 4 * line.size;
  const isShort = last.x1 < line.x1 - 1.5 * line.size;
  return !(isIndented && (endsParagraph(last) || isShort));
}

function toBlock({ kind, lines }: OpenBlock, words: KnownWords, body: BodyStyle): Block {
  let text = "";
  const breaks: { at: number; page: number }[] = [];
  let page = lines[0]?.page ?? 1;
  for (const line of lines) {
    const joined = text === "" ? line.text : joinLines(text, line.text, words);
    // What the line begins with: the first part of a word that was parted stays on its page.
    if (line.page !== page)
      breaks.push({ at: Math.max(0, joined.length - line.text.length), page: line.page });
    page = line.page;
    text = joined;
  }
  const first = lines[0]?.page ?? 1;
  const isDistinct = lines.every(
    ({ font, size }) => font !== body.font || Math.abs(size - body.size) > 0.04 * body.size,
  );
  return {
    kind: kind === "heading" ? "heading" : "paragraph",
    text: text.replace(/\u00ad$/, "-"),
    page: first,
    ...(breaks.length === 0 ? {} : { breaks }),
    ...(isDistinct ? { isDistinct } : {}),
  };
}
