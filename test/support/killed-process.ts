import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** `footnote …` as it is installed, everything it keeps in `folder`, to be killed. Needs `npm run build`. */
export class KilledProcess {
  said = "";
  over = false;
  /** The exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly #process: ChildProcess;

  constructor(folder: string, ...argv: string[]) {
    this.#process = spawn(process.execPath, [path.resolve("dist/cli/main.js"), ...argv], {
      env: {
        ...process.env,
        SEEDS_DIR: path.join(folder, "seeds"),
        VECTORSTORE_DIR: path.join(folder, "vectorstore"),
        DATA_DIR: path.join(folder, "data"),
        MODELS_DIR: path.resolve("vectorstore/models"),
        PORT: "0",
        RATE_LIMIT_PER_MINUTE: "0",
      },
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.#process.stderr?.on("data", (chunk) => {
      this.said += chunk;
    });
    this.ended = once(this.#process, "close").then(([code]) => {
      this.over = true;
      return code;
    });
  }

  /** The address of a `serve`, once it answers. */
  async url(): Promise<string> {
    while (!/^Ready:/m.test(this.said)) {
      if (this.over) throw new Error(`footnote ended: ${this.said}`);
      await Promise.race([this.#process.stderr && once(this.#process.stderr, "data"), this.ended]);
    }
    return /listens on (http:\S+)/.exec(this.said)?.[1] ?? "";
  }

  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.ended;
  }
}
