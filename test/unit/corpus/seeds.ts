import type { PaperRecord } from "../../../src/corpus/paper.ts";
import { seedDumpReader } from "../../../src/corpus/readers/seed-dump.ts";
import { collect } from "./collect.ts";

/** The records of the real seed file; a problem in it fails the test. */
export async function readSeeds(): Promise<PaperRecord[]> {
  const items = await collect(seedDumpReader.read("seeds/trending-papers.txt"));
  return items.map((item) => {
    if ("record" in item) return item.record;
    throw new Error(`seeds: ${JSON.stringify(item)}`);
  });
}
