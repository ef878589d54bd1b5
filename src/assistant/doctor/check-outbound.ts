import type { Config } from "../../config.ts";
import { findModel } from "../../embedding/model-files.ts";
import type { Finding } from "./finding.ts";

/** Where transformers.js fetches models from. */
const HUB = "huggingface.co";

/** The hosts that this configuration would contact; none by default. */
export function checkOutbound({ embedding, folders }: Config): Finding {
  const check = "outbound";
  const fetches = embedding.allowDownload && findModel(folders.models, embedding.model, true) === undefined;
  return fetches
    ? {
        check,
        state: "warning",
        message: `The next start contacts ${HUB}, once, to fetch the embedding model`,
      }
    : { check, state: "ok", message: "No host outside is contacted" };
}
