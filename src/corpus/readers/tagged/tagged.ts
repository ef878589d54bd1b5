import type { Reader, ReadItem } from "../reader.ts";
import { toItem } from "../record/to-item.ts";
import { readBytes } from "../source/read-bytes.ts";
import { readLines } from "../source/read-lines.ts";
import { DIALECTS, type Dialect, type Tags } from "./dialects.ts";

/** Letters and values of one record, for 6,000 authors. */
const MOST_LETTERS = 2_000_000;
const MOST_VALUES = 20_000;

/** A reader for each format of tagged lines. */
export const taggedReaders: readonly Reader[] = DIALECTS.map((dialect) => ({
  name: dialect.name,
  accepts: ({ text }) => dialect.opening.test(text.slice(0, 64 * 1024)),
  read: (file, options) => readTagged(dialect, readLines(readBytes(file, options))),
}));

async function* readTagged(dialect: Dialect, lines: ReturnType<typeof readLines>): AsyncGenerator<ReadItem> {
  let record: TaggedRecord | undefined;
  let last = 0;
  for await (const line of lines) {
    last = line.number;
    if ("reason" in line) {
      const { number, reason, cutsOff } = line;
      yield { problem: { line: number, reason }, ...(cutsOff && { cutsOff }) };
      continue;
    }
    if (line.note !== undefined) yield { note: { line: line.number, reason: line.note } };
    const [, tag, text = ""] = dialect.line.exec(line.text) ?? [];
    if (tag === undefined) {
      record?.goOn(line.text);
      continue;
    }
    const isEnd = tag === dialect.ends;
    if (isEnd || dialect.begins.has(tag)) {
      if (record !== undefined)
        yield toItem(dialect.draft(record.tags), isEnd ? line.number : line.number - 1);
      record = isEnd ? undefined : new TaggedRecord();
    }
    record?.add(tag, text);
  }
  if (record === undefined) return;
  const item = toItem(dialect.draft(record.tags), last);
  yield "problem" in item && dialect.ends !== undefined ? { ...item, cutsOff: true } : item;
}

class TaggedRecord {
  readonly tags: Record<string, string[]> & Tags = {};
  #values = 0;
  #letters = 0;
  #last: string | undefined;

  add(tag: string, text: string): void {
    this.#last = undefined;
    if (!this.#fits(text)) return;
    const values = Object.hasOwn(this.tags, tag) ? (this.tags[tag] ?? []) : [];
    values.push(text);
    this.tags[tag] = values;
    this.#last = tag;
  }

  /** A line without a tag belongs to the one before; of names each line is one. */
  goOn(text: string): void {
    const tag = this.#last;
    const values = tag === undefined ? undefined : this.tags[tag];
    if (tag === undefined || values === undefined || text.trim() === "" || !this.#fits(text)) return;
    if (/^(?:AU|AF)$/.test(tag) && /^\s{3}\S/.test(text)) values.push(text.trim());
    else values[values.length - 1] = `${values.at(-1) ?? ""}${/^\s/.test(text) ? " " : "\n"}${text.trim()}`;
  }

  #fits(text: string): boolean {
    this.#values++;
    this.#letters += text.length;
    return this.#values <= MOST_VALUES && this.#letters <= MOST_LETTERS;
  }
}
