import type { Config } from "../../config.ts";
import { findModel } from "../../embedding/model-files.ts";
import type { Finding } from "./finding.ts";

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
