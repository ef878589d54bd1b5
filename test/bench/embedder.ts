import path from "node:path";
import { TransformersEmbedder } from "../../src/embedding/transformers-embedder.ts";

/** The bundled model, as the default configuration loads it. */
export const bundledEmbedder = () =>
  TransformersEmbedder.load({
    modelsFolder: path.resolve("vectorstore/models"),
    model: "footnote/papers-static",
    allowDownload: false,
    pooling: "mean",
    queryPrefix: "",
    passagePrefix: "",
  });
