import path from "node:path";
import { TransformersEmbedder, type TransformersOptions } from "../../src/embedding/transformers-embedder.ts";

export const MODELS_FOLDER = path.resolve("vectorstore/models");

export const BUNDLED: TransformersOptions = {
  modelsFolder: MODELS_FOLDER,
  model: "footnote/papers-static",
  allowDownload: false,
  pooling: "mean",
  queryPrefix: "",
  passagePrefix: "",
};

let loaded: Promise<TransformersEmbedder> | undefined;

/** The bundled model, loaded once a test file. */
export function realEmbedder(): Promise<TransformersEmbedder> {
  loaded ??= TransformersEmbedder.load(BUNDLED);
  return loaded;
}
