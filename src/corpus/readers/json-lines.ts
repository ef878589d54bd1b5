import { parseJsonRecord } from "./json-record.ts";
import type { Reader, ReadItem } from "./reader.ts";
import { readBytes } from "./source/read-bytes.ts";
import { readLines } from "./source/read-lines.ts";

/** Lines in a row that hold no paper, empty ones too, behind which nothing is expected any more. */
const MOST_IDLE_LINES = 10_000;

/** One JSON object a line (https://jsonlines.org), gzipped or not; json-record.ts says which members count. */
export const jsonLinesReader: Reader = {
  name: "JSON Lines (.jsonl, .jsonl.gz)",

  accepts(fileName) {
    return /\.jsonl(?:\.gz)?$/i.test(fileName);
  },

  async *read(file, options): AsyncGenerator<ReadItem> {
    let idle = 0;
    for await (const line of readLines(readBytes(file, options))) {
      if (++idle > MOST_IDLE_LINES) {
        const reason = `${MOST_IDLE_LINES.toLocaleString("en")} lines in a row hold no paper: the file is not read on`;
        yield { problem: { line: line.number, reason } };
        return;
      }
      if ("reason" in line) {
        yield { problem: { line: line.number, reason: line.reason } };
        continue;
      }
      if (line.text.trim() === "") continue;
      const parsed = parseJsonRecord(line.text);
      if ("record" in parsed) {
        idle = 0;
        yield { record: parsed.record, line: line.number };
      } else yield { problem: { line: line.number, reason: parsed.reason } };
    }
  },
};
