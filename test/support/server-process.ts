import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseMetrics } from "./metrics.ts";
import { copySeedsIndex } from "./seeds-index.ts";

interface Options {
  /** Beside those that put everything which is written into a folder of its own. */
  readonly environment?: NodeJS.ProcessEnv;
  /** For node itself, before the script. */
  readonly nodeArguments?: readonly string[];
  /** Where it looks for `.env`, and for seeds. */
  readonly workingFolder?: string;
  /** With nothing indexed and read yet. */
  readonly isFresh?: boolean;
}

/** `footnote serve` as it is installed, in a process of its own, ready to answer. Needs `npm run build`. */
export class ServerProcess {
  readonly url: string;
  readonly folder: string;
  readonly #child: ChildProcess;
  readonly #output: { text: string };

  static async start({
    environment = {},
    nodeArguments = [],
    workingFolder = ".",
    isFresh = workingFolder !== "." || "SEEDS_DIR" in environment,
  }: Options = {}): Promise<ServerProcess> {
    const folder = mkdtempSync(path.join(tmpdir(), "footnote-serve-"));
    if (!isFresh) copySeedsIndex(path.join(folder, "vectorstore"));
    const child = spawn(process.execPath, [...nodeArguments, path.resolve("dist/cli/main.js"), "serve"], {
      env: { ...process.env, ...ownFolders(folder), PORT: "0", ...environment },
      cwd: workingFolder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const output = { text: "" };
    child.stderr?.on("data", (data: Buffer) => {
      output.text += data.toString();
    });
    const ended = once(child, "exit").then(([code]) => {
      throw new Error(`footnote serve ended with ${code}: ${output.text}`);
    });
    ended.catch(() => {});
    while (!output.text.includes("\nReady: ")) {
      await Promise.race([once(child.stderr as NodeJS.ReadableStream, "data"), ended]);
    }
    const [, url = ""] = /listens on (http:\S+)/.exec(output.text) ?? [];
    return new ServerProcess(child, url, folder, output);
  }

  private constructor(child: ChildProcess, url: string, folder: string, output: { text: string }) {
    this.#child = child;
    this.url = url;
    this.folder = folder;
    this.#output = output;
  }

  /** What it has written to standard error. */
  get output(): string {
    return this.#output.text;
  }

  async metrics(): Promise<Map<string, number>> {
    return parseMetrics(await (await fetch(`${this.url}/metrics`)).text());
  }

  /** Ends it well, and removes what it wrote. @returns its exit code */
  async stop(): Promise<number | null> {
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    const [code] = await ended;
    rmSync(this.folder, { recursive: true, force: true });
    return code;
  }
}

/** The default configuration, but for where it writes. */
export function ownFolders(folder: string): NodeJS.ProcessEnv {
  return {
    VECTORSTORE_DIR: path.join(folder, "vectorstore"),
    DATA_DIR: path.join(folder, "data"),
    MODELS_DIR: path.resolve("vectorstore/models"),
  };
}
