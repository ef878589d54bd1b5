import { tmpdir } from "node:os";
import path from "node:path";
import type { Paper } from "../../src/protocol.ts";
import { OnnxPairReader } from "../../src/reader/onnx-pair-reader.ts";
import { withVector } from "../../src/reader/reading-format.ts";
import { Readings } from "../../src/reader/readings.ts";
import { ReadingFiles } from "../../src/store/readings/reading-files.ts";
import type { StoredReading } from "../../src/store/readings/reading-store.ts";

/** Papers a segment of what is kept. */
const BATCH = 256;

/** The bundled reader, or the one in BENCH_MODELS; what it reads is kept in BENCH_READINGS from run to run. */
async function benchReader(): Promise<{ reader: OnnxPairReader; store: ReadingFiles }> {
  const reader = await OnnxPairReader.load({
    modelsFolder: path.resolve(process.env.BENCH_MODELS ?? "vectorstore/models"),
    model: "footnote/papers-reader",
  });
  const folder = process.env.BENCH_READINGS ?? path.join(tmpdir(), "footnote-bench-readings");
  return { reader, store: new ReadingFiles(folder, reader.fingerprint) };
}

/** Readings of these papers, all made. */
export async function benchReadings(papers: readonly Paper[]): Promise<Readings> {
  const { reader, store } = await benchReader();
  const missing = new Set(await store.missing(papers.map(({ revision }) => revision)));
  const unread = papers.filter(({ revision }) => missing.has(revision));
  for (let at = 0; at < unread.length; at += BATCH) {
    const read = new Map<string, StoredReading>();
    for (const paper of unread.slice(at, at + BATCH))
      read.set(paper.revision, withVector(await reader.read(paper)));
    await store.add(read);
  }
  return new Readings(reader, store);
}
