/**
 * Embedder over processes, for an ingest: the event loop stays free, and every core works. Not over threads: two
 * threads with the ONNX runtime in one process crash it now and then, as it keeps references of one in the other.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { AppError } from "../errors.ts";
import { anySignal } from "../util/abort.ts";
import { WATCHED_STDIO } from "../util/child-process.ts";
import type { Embedder } from "./embedder.ts";
import type { TransformersOptions } from "./transformers-embedder.ts";

export interface EmbedRequest {
  readonly texts: readonly string[];
  readonly kind: "query" | "passage";
}

/** Row-major, texts × dimension; or what went wrong. */
export type EmbedReply =
  | { readonly packed: Float32Array; readonly error?: never }
  | { readonly packed?: never; readonly error: string };

/** A process runs plain JavaScript: from source, as tests are, it is the one that `npm run build` made. */
const ENTRY = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/embedding/embed-worker.js" : "./embed-worker.js",
  import.meta.url,
);

export class ParallelEmbedder implements Embedder {
  readonly model: string;
  readonly fingerprint: string;
  readonly dimension: number;
  readonly #workers: readonly ChildProcess[];

  /**
   * @param like the same model in this process: tells name, fingerprint and dimension
   * @param workers processes, 1 or more
   */
  constructor(like: Embedder, options: TransformersOptions, workers: number) {
    this.model = like.model;
    this.fingerprint = like.fingerprint;
    this.dimension = like.dimension;
    this.#workers = Array.from({ length: workers }, () =>
      fork(fileURLToPath(ENTRY), [JSON.stringify(options)], {
        execArgv: [],
        // Structured clone, which takes typed arrays as they are.
        serialization: "advanced",
        stdio: [...WATCHED_STDIO],
      }),
    );
    // Each request listens for itself; without a listener an early death would end this process too.
    for (const worker of this.#workers) worker.on("error", () => undefined);
  }

  /** As the port says; one call at a time. @throws AppError (internal) when a worker fails */
  async embed(
    texts: readonly string[],
    kind: "query" | "passage",
    signal?: AbortSignal,
  ): Promise<Float32Array[]> {
    signal?.throwIfAborted();
    const vectors: Float32Array[] = texts.map(() => new Float32Array(this.dimension));
    // Dealt out like cards by length, so that all finish at about the same time.
    const order = texts.map((_, at) => at).sort((a, b) => (texts[a]?.length ?? 0) - (texts[b]?.length ?? 0));
    const count = this.#workers.length;
    const hands = this.#workers.map((worker, hand) => ({
      worker,
      dealt: order.filter((_, at) => at % count === hand),
    }));
    await Promise.all(
      hands.map(async ({ worker, dealt }) => {
        if (dealt.length === 0) return;
        const packed = await ask(worker, { texts: dealt.map((at) => texts[at] ?? ""), kind }, signal);
        for (const [row, at] of dealt.entries()) {
          vectors[at] = packed.subarray(row * this.dimension, (row + 1) * this.dimension);
        }
      }),
    );
    return vectors;
  }

  async close(): Promise<void> {
    await Promise.all(
      this.#workers.map(async (worker) => {
        if (worker.exitCode !== null || worker.signalCode !== null) return;
        const ended = once(worker, "exit");
        worker.kill("SIGKILL");
        await ended;
      }),
    );
  }
}

async function ask(
  worker: ChildProcess,
  request: EmbedRequest,
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  if (!worker.connected) throw failed("it has ended");
  const done = new AbortController();
  const signals = anySignal(done.signal, signal);
  worker.send(request);
  try {
    const [reply] = (await Promise.race([
      once(worker, "message", { signal: signals }),
      once(worker, "exit", { signal: signals }).then(([code]) => [{ error: `it ended with ${code}` }]),
    ])) as [EmbedReply];
    if (reply.packed !== undefined) return reply.packed;
    throw failed(reply.error);
  } finally {
    done.abort();
  }
}

function failed(fact: string): AppError {
  return new AppError("internal", `an embedding process failed: ${fact}. Try the ingest again`);
}
