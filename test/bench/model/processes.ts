/** The two processes that the bench measures between: the model's server, and Footnote as it is built. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Of /proc, on every Linux. */
const MS_PER_TICK = 10;

export interface Running {
  readonly url: string;
  /** Most memory that it has held, in MiB. */
  peakMemory(): number;
  /** Milliseconds of CPU time so far. */
  cpuTime(): number;
  close(): Promise<void>;
}

export function startUpstream(tokens: number, gapMs: number): Promise<Running> {
  return startScript("test/bench/model/upstream.ts", tokens, gapMs);
}

/** @param script a server that prints its port */
export async function startScript(script: string, ...values: number[]): Promise<Running> {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...values.map(String)]);
  const port = await matched(child, child.stdout, /(\d+)\n/);
  return running(child, `http://127.0.0.1:${port}`);
}

export async function startFootnote(upstream: string): Promise<Running> {
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-bench-"));
  const env = {
    ...process.env,
    PORT: "0",
    LOG_LEVEL: "silent",
    VECTORSTORE_DIR: path.join(folder, "vectorstore"),
    DATA_DIR: path.join(folder, "data"),
    MODELS_DIR: "vectorstore/models",
    LLM: "openai:bench",
    OPENAI_API_KEY: "bench",
    OPENAI_BASE_URL: `${upstream}/v1`,
    RATE_LIMIT_PER_MINUTE: "0",
    MAX_CONCURRENT_ANSWERS: "0",
  };
  // In a process of its own: what indexing takes is not to be counted as what answering takes.
  await once(spawn(process.execPath, ["dist/cli/main.js", "ingest"], { env }), "close");
  const child = spawn(process.execPath, ["dist/cli/main.js", "serve"], { env });
  const url = await matched(child, child.stderr, /listens on (\S+)\n[\s\S]*Ready/);
  const footnote = running(child, url);
  return {
    ...footnote,
    close: async () => {
      await footnote.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function running(child: ChildProcess, url: string): Running {
  return {
    url,
    peakMemory: () =>
      Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1024,
    cpuTime: () => {
      const stat = readFileSync(`/proc/${child.pid}/stat`, "utf8");
      const [user, system] = stat
        .slice(stat.lastIndexOf(")") + 2)
        .split(" ")
        .slice(11, 13)
        .map(Number);
      return ((user ?? Number.NaN) + (system ?? Number.NaN)) * MS_PER_TICK;
    },
    close: async () => {
      const closed = once(child, "close");
      child.kill("SIGKILL");
      await closed;
    },
  };
}

/** The first group of `pattern` in what the process writes. */
function matched(child: ChildProcess, output: NodeJS.ReadableStream, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    output.on("data", (chunk) => {
      text += chunk;
      const [, group] = pattern.exec(text) ?? [];
      if (group !== undefined) resolve(group);
    });
    child.once("exit", () => reject(new Error(`ended early: ${text}`)));
  });
}
