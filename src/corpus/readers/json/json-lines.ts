import type { Reader, ReadItem } from "../reader.ts";
import { itemOf } from "../record/to-item.ts";
import { readBytes } from "../source/read-bytes.ts";
import { readLines } from "../source/read-lines.ts";
import { findRecords } from "./find-records.ts";
import { parseJsonRecord } from "./json-record.ts";
import { parseJson } from "./parse-json.ts";

/** Lines in a row that hold no paper, empty ones too, behind which nothing is expected any more. */
const MOST_IDLE_LINES = 10_000;
/** Lines of the head that are tried. */
const TRIED_LINES = 50;

/** One JSON object a line (https://jsonlines.org), gzipped or not, whatever source its members are named by. */
export const jsonLinesReader: Reader = {
  name: "JSON Lines",

  accepts({ name, text }) {
    const head = text.trimStart();
    const isCalledSo = /\.(?:jsonl|ndjson)(?:\.gz)?$/i.test(name);
    const lines = head.split("\n", TRIED_LINES);
    if (!head.startsWith("{")) {
      // Its first line may be the broken one.
      const others = lines.slice(1, -1).filter((line) => line.startsWith("{") && isObject(line));
      return others.length > 1 || (isCalledSo && !head.startsWith("["));
    }
    if (lines.length === 1) return findRecords(head)?.depth === 0;
    // The last may be cut off in the middle.
    const whole = (lines.length === TRIED_LINES ? lines : lines.slice(0, -1)).filter(
      (line) => line.trim() !== "",
    );
    const isFirstWhole = isObject(whole[0] ?? "");
    if (isFirstWhole) return whole.length > 1 || (findRecords(head)?.depth ?? 0) === 0;
    return (
      whole.slice(1).some((line) => /^\{"/.test(line) && isObject(line)) ||
      (whole.length === 1 &&
        lines.at(-1)?.startsWith('{"') === true &&
        (findRecords(head)?.depth ?? 0) === 0) ||
      (isCalledSo && findRecords(head) === undefined)
    );
  },

  async *read(file, options): AsyncGenerator<ReadItem> {
    let idle = 0;
    for await (const line of readLines(readBytes(file, options))) {
      if (++idle > MOST_IDLE_LINES) {
        const reason = `${MOST_IDLE_LINES.toLocaleString("en")} lines in a row hold no paper: the file is not read on`;
        yield { problem: { line: line.number, reason }, cutsOff: true };
        return;
      }
      if ("reason" in line) {
        const { number, reason, cutsOff } = line;
        yield { problem: { line: number, reason }, ...(cutsOff && { cutsOff }) };
        continue;
      }
      if (line.note !== undefined) yield { note: { line: line.number, reason: line.note } };
      if (line.text.trim() === "") continue;
      const item = itemOf(parseJsonRecord(line.text), line.number);
      if ("record" in item) idle = 0;
      // A last line that is broken and that nothing ends may have others behind it.
      yield "problem" in item && line.isOpen ? { ...item, cutsOff: true } : item;
    }
  },
};

function isObject(line: string): boolean {
  try {
    const value = parseJson(line);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
