/** A process that reads papers: the event loop of this one stays free, and what it works for goes first. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { AppError } from "../errors.ts";
import { askChild, WATCHED_STDIO } from "../util/child-process.ts";
import type { ReaderOptions } from "./onnx-pair-reader.ts";
import type { ReadablePaper } from "./pair-reader.ts";

export interface ReadRequest {
  readonly papers: readonly ReadablePaper[];
}

/** One reading a paper; or what went wrong. */
export type ReadReply =
  | { readonly readings: readonly Uint8Array[]; readonly error?: never }
  | { readonly readings?: never; readonly error: string };

/** A process runs plain JavaScript: from source, as tests are, it is the one that `npm run build` made. */
const ENTRY = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/reader/read-worker.js" : "./read-worker.js",
  import.meta.url,
);

export class ReadProcess {
  readonly #child: ChildProcess;

  constructor(options: ReaderOptions) {
    this.#child = fork(fileURLToPath(ENTRY), [JSON.stringify(options)], {
      execArgv: [],
      // Structured clone, which takes typed arrays as they are.
      serialization: "advanced",
      stdio: [...WATCHED_STDIO],
    });
    // Each request listens for itself; without a listener an early death would end this process too.
    this.#child.on("error", () => undefined);
  }

  /** One call at a time. @throws AppError (internal) when the process fails; the signal's reason */
  async read(papers: readonly ReadablePaper[], signal?: AbortSignal): Promise<readonly Uint8Array[]> {
    const sent = papers.map(({ title, abstract }) => ({ title, abstract }));
    try {
      const { readings, error } = await askChild<ReadReply>(this.#child, { papers: sent }, signal);
      if (readings !== undefined) return readings;
      throw new Error(error);
    } catch (error) {
      signal?.throwIfAborted();
      const fact = error instanceof Error ? error.message : String(error);
      throw new AppError("internal", `the process that reads the papers failed: ${fact}`, { cause: error });
    }
  }

  close(): void {
    this.#child.kill("SIGKILL");
  }
}
