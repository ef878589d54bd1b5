/** The bundled models, loaded once a process: that takes most of what it takes to open an assistant. */
import type { ModelLoaders } from "../../src/assistant.ts";
import { TransformersEmbedder } from "../../src/embedding/transformers-embedder.ts";
import { OnnxPairReader } from "../../src/reader/onnx-pair-reader.ts";
import { MODELS_FOLDER } from "./real-embedder.ts";

export const LOADED_MODELS: ModelLoaders = {
  embedder: once((options) => TransformersEmbedder.load(options)),
  reader: once((options) => OnnxPairReader.load(options)),
};

/** Those of another folder are loaded again: a test may have changed them. */
function once<Options extends { readonly modelsFolder: string }, Model>(
  load: (options: Options) => Promise<Model>,
): (options: Options) => Promise<Model> {
  const loaded = new Map<string, Promise<Model>>();
  return (options) => {
    if (options.modelsFolder !== MODELS_FOLDER) return load(options);
    const key = JSON.stringify(options);
    const model = loaded.get(key) ?? load(options);
    loaded.set(key, model);
    return model;
  };
}
