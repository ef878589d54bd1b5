import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { idOfKey, type StoredPaper, toPaper } from "../../src/corpus/paper.ts";
import { withoutUndefined } from "../../src/util/without-undefined.ts";

/** An abstract with questions written for it (vectorstore/models/footnote/papers-reader/training/README.md). */
interface WrittenAbstract {
  readonly i: number;
  readonly stored: StoredPaper;
  /** In everyday words. */
  readonly q?: string;
  /** As in a chat. */
  readonly c?: string;
  /** Factual. */
  readonly f?: string;
  /** Near miss: of this abstract, which does not say it. */
  readonly n?: string;
}

/** Those of BENCH_WRITTEN, a file of lines, packed or not; undefined where it names none. */
export function writtenAbstracts(): WrittenAbstract[] | undefined {
  const file = process.env.BENCH_WRITTEN;
  if (file === undefined || !existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const { i, title, abstract, q, c, f, n } = JSON.parse(line) as Record<string, string>;
      const key = `written:${i}`;
      const paper = toPaper({ title: title ?? "", abstract: abstract ?? "" }, idOfKey(key), "written");
      const stored = { paper, keys: [key], origins: ["written"] };
      return { i: Number(i), stored, ...withoutUndefined({ q, c, f, n }) };
    });
}
