/** How an index of many papers is made, loaded and searched. The corpus comes from BENCH_CORPUS (.jsonl or .jsonl.gz). */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { corpusHead } from "./corpus-head.ts";

/** Papers; BENCH_SIZES names others, separated by commas. */
const SIZES = (process.env.BENCH_SIZES ?? "20000").split(",").map(Number);
/** Milliseconds between two looks at a child's peak memory. */
const POLL_MS = 100;

export async function benchSize(): Promise<void> {
  const corpus = process.env.BENCH_CORPUS;
  if (corpus === undefined || !existsSync(corpus)) {
    console.log("skipped: BENCH_CORPUS names no .jsonl or .jsonl.gz of papers");
    return;
  }
  for (const size of SIZES) {
    const folder = mkdtempSync(path.join(tmpdir(), "footnote-bench-"));
    await corpusHead(corpus, size, path.join(folder, "seeds"));
    const env = {
      ...process.env,
      SEEDS_DIR: path.join(folder, "seeds"),
      VECTORSTORE_DIR: path.join(folder, "vectorstore"),
      DATA_DIR: path.join(folder, "data"),
      MODELS_DIR: path.resolve("vectorstore/models"),
    };
    const first = await run(["dist/cli/main.js", "ingest"], env);
    console.log(
      `${size} papers: ingest from nothing ${first.seconds.toFixed(1)} s, peak memory ${first.peakMiB} MiB`,
    );
    const again = await run(["dist/cli/main.js", "ingest"], env);
    console.log(
      `${size} papers: the same again ${again.seconds.toFixed(1)} s; ${again.output.trim().split("\n").at(-1)}`,
    );
    console.log(`${size} papers: on disk ${sizesOnDisk(env.VECTORSTORE_DIR)}`);
    const searched = await run(["--import", "tsx", "test/bench/size-search.ts"], env);
    for (const line of searched.output.trim().split("\n")) console.log(`${size} papers: ${line}`);
    console.log(`${size} papers: peak memory while serving and ingesting ${searched.peakMiB} MiB`);
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Run {
  readonly seconds: number;
  /** From /proc, where there is one; 0 elsewhere. */
  readonly peakMiB: number;
  readonly output: string;
}

function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Run> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let peakMiB = 0;
    const collect = (data: Buffer) => {
      output += data.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    const look = setInterval(() => {
      const status = existsSync(`/proc/${child.pid}/status`)
        ? readFileSync(`/proc/${child.pid}/status`, "utf8")
        : "";
      peakMiB = Math.max(peakMiB, Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024));
    }, POLL_MS);
    child.once("exit", (code) => {
      clearInterval(look);
      if (code === 0) resolve({ seconds: (performance.now() - began) / 1000, peakMiB, output });
      else reject(new Error(`${args.join(" ")} ended with ${code}: ${output}`));
    });
  });
}

function sizesOnDisk(vectorstore: string): string {
  const [generation = ""] = readdirSync(path.join(vectorstore, "index"));
  const folder = path.join(vectorstore, "index", generation);
  const sizes = readdirSync(folder).map(
    (name) => `${name} ${(statSync(path.join(folder, name)).size / 1e6).toFixed(0)} MB`,
  );
  return sizes.join(", ");
}
