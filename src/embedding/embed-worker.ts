/** A process that embeds for its parent: its own copy of the model, one request at a time. Ends with its parent. */
import { endWithParent } from "../util/child-process.ts";
import type { EmbedReply, EmbedRequest } from "./parallel-embedder.ts";
import { TransformersEmbedder, type TransformersOptions } from "./transformers-embedder.ts";

const options = JSON.parse(process.argv[2] ?? "{}") as TransformersOptions;
const loading = TransformersEmbedder.load(options);
// Anyone who asks first hears of it.
loading.catch(() => undefined);

endWithParent();
// Ctrl-C reaches the whole group of a terminal: the parent decides, and ends this process by itself.
process.on("SIGINT", () => undefined);
process.on("message", async ({ texts, kind }: EmbedRequest) => {
  let reply: EmbedReply;
  try {
    const embedder = await loading;
    const vectors = await embedder.embed(texts, kind);
    const packed = new Float32Array(vectors.length * embedder.dimension);
    for (const [at, vector] of vectors.entries()) packed.set(vector, at * embedder.dimension);
    reply = { packed };
  } catch (error) {
    reply = { error: error instanceof Error ? error.message : String(error) };
  }
  process.send?.(reply);
});
