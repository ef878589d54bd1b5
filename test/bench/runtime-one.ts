/** One ONNX runtime in a process of its own, where no other is loaded: `runtime-one.ts FOLDER`, its work on standard input. */
import { createRequire } from "node:module";
import path from "node:path";
import { json } from "node:stream/consumers";
import type { RuntimeFigures, RuntimeWork } from "./runtime.ts";

interface Tensor {
  readonly data: Float32Array;
}
interface Runtime {
  Tensor: new (type: string, data: unknown, dims: readonly number[]) => Tensor;
  InferenceSession: {
    create(
      file: string,
      options: object,
    ): Promise<{
      readonly inputNames: readonly string[];
      readonly outputNames: readonly string[];
      run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>;
    }>;
  };
}

/** Rounds of which the one that took least counts. */
const ROUNDS = 7;

const [folder = ""] = process.argv.slice(2);
const work = (await json(process.stdin)) as RuntimeWork;
const runtime: Runtime = createRequire(import.meta.url)(path.resolve(folder));
const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 };

const figures: RuntimeFigures[] = [];
for (const { file, inputs } of work) {
  const session = await runtime.InferenceSession.create(path.resolve(file), options);
  const feeds = inputs.map((input) => {
    const given = session.inputNames.map((name) => {
      const { data, dims } = input[name] ?? { data: [], dims: [0] };
      return [name, new runtime.Tensor("int64", BigInt64Array.from(data, BigInt), dims)];
    });
    return Object.fromEntries(given) as Record<string, Tensor>;
  });
  let cpuMs = Number.POSITIVE_INFINITY;
  let first: Tensor[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    const outputs: Tensor[] = [];
    for (const feed of feeds) outputs.push((await session.run(feed))[session.outputNames[0] ?? ""] as Tensor);
    const { user, system } = process.cpuUsage(before);
    cpuMs = Math.min(cpuMs, (user + system) / 1000);
    first = outputs;
  }
  figures.push({ cpuMs, output: first.flatMap(({ data }) => Array.from(data.subarray(0, 20_000))) });
}
process.stdout.write(JSON.stringify(figures));
