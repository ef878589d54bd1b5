/** A worker thread that embeds: its own copy of the model, one request at a time. */
import { parentPort, workerData } from "node:worker_threads";
import type { EmbedReply, EmbedRequest } from "./parallel-embedder.ts";
import { TransformersEmbedder, type TransformersOptions } from "./transformers-embedder.ts";

const embedder = await TransformersEmbedder.load(workerData as TransformersOptions);

parentPort?.on("message", async ({ texts, kind }: EmbedRequest) => {
  let reply: EmbedReply;
  try {
    const vectors = await embedder.embed(texts, kind);
    const packed = new Float32Array(vectors.length * embedder.dimension);
    for (const [at, vector] of vectors.entries()) packed.set(vector, at * embedder.dimension);
    reply = { packed };
  } catch (error) {
    reply = { error: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(reply, reply.packed === undefined ? [] : [reply.packed.buffer as ArrayBuffer]);
});
