import { tmpdir } from "node:os";
import path from "node:path";
import { OnnxPairReader } from "../../src/reader/onnx-pair-reader.ts";
import { Readings } from "../../src/reader/readings.ts";
import { ReadingFiles } from "../../src/store/reading-files.ts";

/** The bundled reader, or the one in BENCH_MODELS; what it reads is kept in BENCH_READINGS from run to run. */
export async function benchReader(): Promise<{ reader: OnnxPairReader; store: ReadingFiles }> {
  const reader = await OnnxPairReader.load({
    modelsFolder: path.resolve(process.env.BENCH_MODELS ?? "vectorstore/models"),
    model: "footnote/papers-reader",
  });
  const folder = process.env.BENCH_READINGS ?? path.join(tmpdir(), "footnote-bench-readings");
  return { reader, store: new ReadingFiles(folder, reader.fingerprint) };
}

export async function benchReadings(): Promise<Readings> {
  const { reader, store } = await benchReader();
  return new Readings(reader, store);
}
