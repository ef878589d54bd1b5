/**
 * The ONNX runtime that is installed, on the bundled models, and beside it the one in BENCH_RUNTIME (a folder
 * `…/node_modules/onnxruntime-node`): processor time on one thread, and how far their outputs lie apart.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { json } from "node:stream/consumers";
import { AutoTokenizer, env } from "@xenova/transformers";
import { seedCollection } from "./collections.ts";
import { bundledEmbedder } from "./embedder.ts";

interface Input {
  readonly data: readonly number[];
  readonly dims: readonly number[];
}
export type RuntimeWork = readonly {
  readonly file: string;
  readonly inputs: readonly Record<string, Input>[];
}[];

export interface RuntimeFigures {
  /** Of all inputs, in the round that took least. */
  readonly cpuMs: number;
  /** The beginnings of what it gave for each input. */
  readonly output: readonly number[];
}

const MODELS = path.resolve("vectorstore/models");
/** Texts a call, as the embedder has them. */
const BATCH = 32;
/** Pieces that the reader reads at once, and about those of a sentence. */
const WINDOW = 280;
const ROW = 30;

export async function benchRuntime(): Promise<void> {
  const work = await workOf();
  const folders = ["node_modules/onnxruntime-node", ...(process.env.BENCH_RUNTIME?.split(",") ?? [])];
  const all: (readonly RuntimeFigures[])[] = [];
  for (const folder of folders) all.push(await figuresOf(folder, work));
  const [installed] = all;
  for (const [at, figures] of all.entries()) {
    const { version } = JSON.parse(readFileSync(path.join(folders[at] ?? "", "package.json"), "utf8"));
    for (const [model, { cpuMs, output }] of figures.entries()) {
      const apart = output.map((value, k) => Math.abs(value - (installed?.[model]?.output[k] ?? Number.NaN)));
      const most = apart.reduce((a, b) => Math.max(a, b), 0);
      const name = path.relative(MODELS, work[model]?.file ?? "");
      console.log(
        `${version.padEnd(8)} ${name.padEnd(52)} ${cpuMs.toFixed(0)} ms CPU, apart ${most.toExponential(1)}`,
      );
    }
  }
}

/** The seeds' abstracts, for the embedder in batches and for the reader each fourth by itself. */
async function workOf(): Promise<RuntimeWork> {
  const { catalog } = await seedCollection(await bundledEmbedder());
  const texts = catalog.all().map(({ abstract }) => abstract);
  texts.sort((a, b) => a.length - b.length);
  env.localModelPath = MODELS;
  env.allowRemoteModels = false;
  const batches = Array.from({ length: Math.ceil(texts.length / BATCH) }, (_, k) =>
    texts.slice(k * BATCH, (k + 1) * BATCH),
  );
  const embedding = await tokens("footnote/papers-static", batches);
  const few = texts.filter((_, at) => at % 4 === 0);
  const single = await tokens(
    "footnote/papers-reader",
    few.map((text) => [text]),
  );
  const reading = single.map(({ input_ids }) => windowOf(input_ids?.data ?? []));
  return [
    { file: `${MODELS}/footnote/papers-static/onnx/model_quantized.onnx`, inputs: embedding },
    { file: `${MODELS}/footnote/papers-reader/onnx/paper.onnx`, inputs: reading },
  ];
}

async function tokens(
  model: string,
  batches: readonly (readonly string[])[],
): Promise<Record<string, Input>[]> {
  const tokenizer = await AutoTokenizer.from_pretrained(model);
  return batches.map((batch) => {
    const made = tokenizer([...batch], { padding: true, truncation: true });
    const data = Array.from(made.input_ids.data as BigInt64Array, Number);
    return { input_ids: { data, dims: made.input_ids.dims } };
  });
}

/** A paper's first window as the reader has it, with rows of a length instead of its sentences. */
function windowOf(pieces: readonly number[]): Record<string, Input> {
  const data = pieces.slice(0, WINDOW);
  const rows = Math.ceil(data.length / ROW);
  const positions = Array.from({ length: rows * ROW }, (_, at) => (at < data.length ? at : -1));
  return {
    ids: { data, dims: [1, data.length] },
    segments: { data: data.map((_, at) => (at < ROW ? 1 : 2)), dims: [1, data.length] },
    positions: { data: positions, dims: [rows, ROW] },
  };
}

async function figuresOf(folder: string, work: RuntimeWork): Promise<readonly RuntimeFigures[]> {
  const argv = ["--import", "tsx", "test/bench/runtime-one.ts", folder];
  const child = spawn(process.execPath, argv, { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify(work));
  return (await json(child.stdout)) as readonly RuntimeFigures[];
}
