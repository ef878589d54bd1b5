import type { Config } from "../../config.ts";
import type { Embedder } from "../../embedding/embedder.ts";
import { findModel } from "../../embedding/model-files.ts";
import { dot } from "../../util/vectors.ts";
import type { Finding } from "./finding.ts";

/** How far from 1 the length of a unit vector of 32-bit numbers may be. */
const ROUNDING = 1e-3;

interface ModelCheck {
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

/** Where transformers.js fetches models from. */
const HUB = "huggingface.co";

/** The hosts that this configuration would contact; none by default. */
export function checkOutbound({ embedding, folders, languageModel, slack }: Config): Finding {
  const check = "outbound";
  const fetches = embedding.allowDownload && findModel(folders.models, embedding.model, true) === undefined;
  const told = [
    ...(fetches ? [`The next start contacts ${HUB}, once, to fetch the embedding model`] : []),
    ...(languageModel === undefined
      ? []
      : [`Questions and the abstracts they match go to ${hostOf(languageModel)}`]),
    ...(slack === undefined ? [] : [`Answers to Slack go to ${new URL(slack.apiUrl).host}`]),
  ];
  const message = told.length === 0 ? "No host outside is contacted" : told.join(". ");
  return { check, state: fetches ? "warning" : "ok", message };
}

function hostOf({ name, baseUrl, provider }: NonNullable<Config["languageModel"]>): string {
  const host = baseUrl === undefined ? `the usual address of ${provider}` : new URL(baseUrl).host;
  return `${host}, for LLM=${name}`;
}
