import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { onTestFinished } from "vitest";
import { MODELS_FOLDER } from "./real-embedder.ts";

interface Options {
  readonly environment?: Readonly<Record<string, string>>;
  /** Put before the program, such as `unshare` or `prlimit` with their options. */
  readonly within?: readonly string[];
}

/**
 * One `footnote …` as it is installed, everything it keeps in `folder`; killed when the test has finished. Needs
 * `npm run build`.
 */
export class Child {
  stdout = "";
  stderr = "";
  /** The exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly #process: ChildProcess;
  #over = false;

  constructor(folder: string, argv: readonly string[], { environment = {}, within = [] }: Options = {}) {
    const [program = "", ...rest] = [...within, process.execPath, path.resolve("dist/cli/main.js"), ...argv];
    this.#process = spawn(program, rest, {
      env: { ...process.env, ...folders(folder), PORT: "0", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process.stdout?.on("data", (chunk) => {
      this.stdout += chunk;
    });
    this.#process.stderr?.on("data", (chunk) => {
      this.stderr += chunk;
    });
    this.ended = once(this.#process, "close").then(([code]) => {
      this.#over = true;
      return code;
    });
    onTestFinished(() => this.kill());
  }

  get over(): boolean {
    return this.#over;
  }

  /** Resolves when standard error says what is expected; fails when the process ends before. */
  async says(expected: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = expected.exec(this.stderr);
      if (match !== null) return match;
      if (this.#over) throw new Error(`ended without saying ${expected}: ${this.stderr}`);
      await Promise.race([this.#process.stderr && once(this.#process.stderr, "data"), this.ended]);
    }
  }

  /** The address of a `serve` that answers. */
  async ready(): Promise<string> {
    await this.says(/^Ready:/m);
    return (await this.says(/listens on (http:\S+)/))[1] ?? "";
  }

  /** `kill -9`; resolves when the process is gone. */
  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.ended;
  }
}

/** The environment of `testConfig`, for a process. */
function folders(folder: string): Record<string, string> {
  return {
    SEEDS_DIR: path.join(folder, "seeds"),
    VECTORSTORE_DIR: path.join(folder, "vectorstore"),
    DATA_DIR: path.join(folder, "data"),
    MODELS_DIR: MODELS_FOLDER,
  };
}
