import { parseJsonRecord } from "./json-record.ts";
import { readBytes } from "./read-bytes.ts";
import { readLines } from "./read-lines.ts";
import type { Reader, ReadItem } from "./reader.ts";

/** One JSON object a line (https://jsonlines.org), gzipped or not; json-record.ts says which members count. */
export const jsonLinesReader: Reader = {
  name: "JSON Lines (.jsonl, .jsonl.gz)",

  accepts(fileName) {
    return /\.jsonl(?:\.gz)?$/i.test(fileName);
  },

  async *read(file, options): AsyncGenerator<ReadItem> {
    for await (const line of readLines(readBytes(file, options))) {
      if ("reason" in line) {
        yield { problem: { line: line.number, reason: line.reason } };
        continue;
      }
      if (line.text.trim() === "") continue;
      const parsed = parseJsonRecord(line.text);
      if ("record" in parsed) yield { record: parsed.record, line: line.number };
      else yield { problem: { line: line.number, reason: parsed.reason } };
    }
  },
};
