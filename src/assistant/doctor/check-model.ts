import type { Config } from "../../config.ts";
import type { Embedder } from "../../embedding/embedder.ts";
import { findModel } from "../../embedding/model-files.ts";
import { dot } from "../../util/vectors.ts";
import type { Finding } from "./finding.ts";

/** How far from 1 the length of a unit vector of 32-bit numbers may be. */
const ROUNDING = 1e-3;

export interface ModelCheck {
  readonly finding: Finding;
  /** When it works. */
  readonly embedder?: Embedder;
}

/**
 * Loads the model as a start would, but fetches nothing, and embeds a word with it.
 * @param load @throws AppError that names what is missing or broken, and the fix
 */
export async function checkModel(
  { embedding, folders }: Config,
  load: () => Promise<Embedder>,
): Promise<ModelCheck> {
  const check = "model";
  const name = `EMBEDDING_MODEL "${embedding.model}"`;
  try {
    const files = findModel(folders.models, embedding.model, embedding.allowDownload);
    if (files === undefined) {
      const message = `${name} is not in ${folders.models}: the next start fetches it, or install it there`;
      return { finding: { check, state: "warning", message } };
    }
    const embedder = await load();
    const [vector = new Float32Array()] = await embedder.embed(["paper"], "query");
    if (!(Math.abs(dot(vector, vector) - 1) < ROUNDING)) {
      const message = `${name} does not return unit vectors: reinstall the model in ${files.folder}`;
      return { finding: { check, state: "problem", message } };
    }
    const message = `${name} loads from ${files.folder}, ${embedder.dimension} dimensions`;
    return { finding: { check, state: "ok", message }, embedder };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { finding: { check, state: "problem", message } };
  }
}
