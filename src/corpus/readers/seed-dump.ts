import { oneLine } from "../../util/strings.ts";
import type { Reader, ReadItem } from "./reader.ts";
import { evenSpaces, excess, RECORD_BOUNDS } from "./record/record-bounds.ts";
import { readBytes } from "./source/read-bytes.ts";
import { type Line, readLines } from "./source/read-lines.ts";

/** Lines in front of the first title. */
const HEADER_LINES = 2;
/** The label of the page's button, glued to the first title. */
const BUTTON = "Subscribe";
/** The count under the page's last paper: glued to the end of its abstract, and once more on a line of its own. */
const COUNTER = "0";
/** Characters; a longer title is an abstract out of step (titles here have up to 124, abstracts 405 or more). */
const MAX_TITLE_LENGTH = 400;

interface Pair {
  readonly title: Line;
  readonly abstract?: Line;
}

/**
 * The page of trending papers saved as text (seeds/README.md): two header lines, then a title line and an abstract
 * line for each paper, kept as they stand. Only what the page put around them is taken off, where it is there.
 */
export const seedDumpReader: Reader = {
  name: "the saved page of trending papers (.txt)",

  accepts({ text }) {
    const third = text.split("\n", HEADER_LINES + 1)[HEADER_LINES] ?? "";
    return /^Subscribe(?!rs?\b|d\b|\s)/.test(third);
  },

  async *read(file, options): AsyncGenerator<ReadItem> {
    let held: ReadItem | undefined;
    for await (const pair of pairs(readLines(readBytes(file, options)))) {
      if (isCounter(pair)) {
        held = held && withoutCounter(held);
        continue;
      }
      if (held !== undefined) yield held;
      held = toItem(pair);
    }
    if (held !== undefined) yield held;
  },
};

/** Unusable lines count as halves of their pair, so that what follows stays in step. */
async function* pairs(lines: AsyncIterable<Line>): AsyncGenerator<Pair> {
  let title: Line | undefined;
  for await (const line of lines) {
    if (line.number <= HEADER_LINES) {
      if ("reason" in line) yield { title: line };
    } else if (title !== undefined) {
      yield { title, abstract: line };
      title = undefined;
    } else if ("reason" in line || line.text.trim() !== "") {
      title = line.number === HEADER_LINES + 1 ? withoutButton(line) : line;
    }
  }
  if (title !== undefined) yield { title };
}

function toItem({ title, abstract }: Pair): ReadItem {
  const problem = (line: number, reason: string): ReadItem => ({
    problem: { line, reason },
    ...named(title),
  });
  if ("reason" in title)
    return { ...problem(title.number, title.reason), ...(title.cutsOff && { cutsOff: true }) };
  if (title.text.length > MAX_TITLE_LENGTH) {
    const reason = `the title has ${title.text.length} characters: titles and abstracts are out of step`;
    return problem(title.number, reason);
  }
  if (abstract === undefined) return problem(title.number, "the title has no abstract");
  if ("reason" in abstract) {
    return { ...problem(abstract.number, abstract.reason), ...(abstract.cutsOff && { cutsOff: true }) };
  }
  if (abstract.text.trim() === "") return problem(abstract.number, "the abstract is empty");
  const [head, body] = [oneLine(title.text), evenSpaces(abstract.text)];
  const tooLong = excess(body, RECORD_BOUNDS.abstract);
  if (tooLong !== undefined) return problem(abstract.number, `the abstract ${tooLong}`);
  return { record: { title: head, abstract: body }, line: abstract.number };
}

const named = (title: Line) =>
  "text" in title && title.text.length <= MAX_TITLE_LENGTH ? { named: { title: oneLine(title.text) } } : {};

function withoutButton(line: Line): Line {
  return "text" in line ? { ...line, text: line.text.replace(BUTTON, "") } : line;
}

function isCounter({ title, abstract }: Pair): boolean {
  const alone = abstract === undefined || ("text" in abstract && abstract.text.trim() === "");
  return alone && "text" in title && title.text.trim() === COUNTER;
}

function withoutCounter(item: ReadItem): ReadItem {
  if (!("record" in item) || !item.record.abstract.endsWith(COUNTER)) return item;
  const { title, abstract } = item.record;
  return { ...item, record: { title, abstract: abstract.slice(0, -COUNTER.length) } };
}
