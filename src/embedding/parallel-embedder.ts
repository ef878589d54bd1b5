/** Embedder over worker threads, for an ingest: the event loop stays free, and every core works. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { AppError } from "../errors.ts";
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

/** A thread runs plain JavaScript: from source, as tests are, it is the one that `npm run build` made. */
const ENTRY = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/embedding/embed-worker.js" : "./embed-worker.js",
  import.meta.url,
);

export class ParallelEmbedder implements Embedder {
  readonly model: string;
  readonly fingerprint: string;
  readonly dimension: number;
  readonly #workers: readonly Worker[];

  /**
   * @param like the same model in this thread: tells name, fingerprint and dimension
   * @param workers threads, 1 or more
   */
  constructor(like: Embedder, options: TransformersOptions, workers: number) {
    this.model = like.model;
    this.fingerprint = like.fingerprint;
    this.dimension = like.dimension;
    this.#workers = Array.from({ length: workers }, () => new Worker(ENTRY, { workerData: options }));
    // Each request listens for itself; without a listener an early death would end the process.
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
        const packed = await this.#ask(worker, { texts: dealt.map((at) => texts[at] ?? ""), kind }, signal);
        for (const [row, at] of dealt.entries()) {
          vectors[at] = packed.subarray(row * this.dimension, (row + 1) * this.dimension);
        }
      }),
    );
    return vectors;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  async #ask(worker: Worker, request: EmbedRequest, signal: AbortSignal | undefined): Promise<Float32Array> {
    const done = new AbortController();
    const signals = AbortSignal.any([done.signal, ...(signal === undefined ? [] : [signal])]);
    worker.postMessage(request);
    try {
      const [reply] = (await Promise.race([
        once(worker, "message", { signal: signals }),
        once(worker, "exit", { signal: signals }).then(([code]) => [{ error: `it ended with code ${code}` }]),
      ])) as [EmbedReply];
      if (reply.packed !== undefined) return reply.packed;
      throw new AppError("internal", `an embedding worker failed: ${reply.error}. Try the ingest again`);
    } finally {
      done.abort();
    }
  }
}
