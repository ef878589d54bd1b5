import { parse } from "csv-parse/sync";
import type { Reader, ReadItem } from "./reader.ts";
import { byAlias, memberNamed } from "./record/by-alias.ts";
import { toItem } from "./record/to-item.ts";
import { readBytes } from "./source/read-bytes.ts";
import { type Line, readLines } from "./source/read-lines.ts";

/** A record over more lines, or letters, than this has lost a quote. */
const MOST_LINES = 500;
const MOST_LETTERS = 1_000_000;
const DELIMITERS = ["\t", ",", ";", "|"];
/** Cells of a header that say what they hold, its title among them. */
const LEAST_NAMED = 2;

/** CSV and TSV with a line of headers, whatever the columns are called. */
export const csvReader: Reader = {
  name: "CSV or TSV with a line of headers",

  accepts: ({ text }) => headerOf(text.trimStart().split("\n", 1)[0] ?? "") !== undefined,

  async *read(file, options): AsyncGenerator<ReadItem> {
    let header: Header | undefined;
    const rows = new Rows();
    for await (const line of readLines(readBytes(file, options))) {
      if ("reason" in line) {
        const { number, reason, cutsOff } = line;
        yield { problem: { line: number, reason }, ...(cutsOff && { cutsOff }) };
        continue;
      }
      if (line.note !== undefined) yield { note: { line: line.number, reason: line.note } };
      if (header === undefined) {
        if (line.text.trim() === "") continue;
        header = headerOf(line.text) ?? { delimiter: ",", names: [] };
        continue;
      }
      yield* rows.add(line, header);
    }
    if (header !== undefined) yield* rows.end(header);
  },
};

interface Header {
  readonly delimiter: string;
  readonly names: readonly string[];
}

function headerOf(line: string): Header | undefined {
  return DELIMITERS.map((delimiter) => ({ delimiter, names: cellsOf(line, delimiter) ?? [] })).find(
    ({ names }) => {
      const members = names.flatMap((name) => memberNamed(name)?.member ?? []);
      return (
        members.includes("title") &&
        new Set(members).size >= LEAST_NAMED &&
        names.every((name) => name.length < 200)
      );
    },
  );
}

/** The cells of one record; undefined where its quotes do not match. */
function cellsOf(
  text: string,
  delimiter: string,
  options: { quote?: false; relax_quotes?: true } = {},
): string[] | undefined {
  try {
    const records: string[][] = parse(text, {
      delimiter,
      relax_column_count: true,
      max_record_size: 2 * MOST_LETTERS,
      ...options,
    });
    return records.length <= 1 ? (records[0] ?? []) : undefined;
  } catch {
    return undefined;
  }
}

/** One line whose quotes are marks of its text: `a 5" disk`. Taken only where it has as many cells as the header. */
function looseCells(text: string, { delimiter, names }: Header): string[] | undefined {
  const cells =
    delimiter === "\t"
      ? cellsOf(text, delimiter, { quote: false })
      : cellsOf(text, delimiter, { relax_quotes: true });
  return cells?.length === names.length ? cells : undefined;
}

type TextLine = Extract<Line, { text: string }>;

/** Lines until they are a record: as many as close its quotes. */
class Rows {
  #lines: TextLine[] = [];
  #quotes = 0;
  #letters = 0;

  *add(line: TextLine, header: Header): Generator<ReadItem> {
    if (this.#lines.length === 0 && line.text.trim() === "") return;
    this.#lines.push(line);
    this.#letters += line.text.length;
    this.#quotes += line.text.split('"').length - 1;
    if (this.#quotes % 2 === 0) {
      const item = itemOf(this.#lines, header);
      if (item !== undefined) {
        this.#clear();
        yield item;
        return;
      }
    } else if (this.#lines.length < MOST_LINES && this.#letters < MOST_LETTERS) return;
    yield* this.#giveUp(header);
  }

  *end(header: Header): Generator<ReadItem> {
    while (this.#lines.length > 0) yield* this.#giveUp(header);
  }

  /** The first line is broken; what was taken for its continuation are records of their own. */
  *#giveUp(header: Header): Generator<ReadItem> {
    const [broken, ...others] = this.#lines;
    this.#clear();
    if (broken !== undefined) {
      const cells = looseCells(broken.text, header);
      yield cells === undefined
        ? { problem: { line: broken.number, reason: "its quotes do not match" } }
        : recordOf(cells, broken.number, header);
    }
    for (const line of others) yield* this.add(line, header);
  }

  #clear(): void {
    this.#lines = [];
    this.#quotes = 0;
    this.#letters = 0;
  }
}

function itemOf(lines: readonly TextLine[], header: Header): ReadItem | undefined {
  const cells = cellsOf(lines.map(({ text }) => text).join("\n"), header.delimiter);
  return cells === undefined ? undefined : recordOf(cells, lines.at(-1)?.number ?? 0, header);
}

function recordOf(cells: readonly string[], line: number, { names }: Header): ReadItem {
  if (cells.length > names.length && cells.slice(names.length).some((cell) => cell.trim() !== "")) {
    return { problem: { line, reason: `has ${cells.length} cells, the header ${names.length}` } };
  }
  return toItem(byAlias(Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ""]))), line);
}
