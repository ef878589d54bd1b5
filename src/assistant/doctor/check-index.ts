import type { Embedder } from "../../embedding/embedder.ts";
import type { IndexStore } from "../../store/index-store.ts";
import { checkManifest } from "../../store/manifest.ts";
import { countOf } from "../../util/strings.ts";
import type { Finding } from "./finding.ts";

const HOUR_MS = 3_600_000;

/**
 * Reads the whole index as a start would.
 * @param embedder the configured model, when it works: then the index must be of it
 * @throws AppError that names the damaged file (internal) or the other model (config), and the fix
 */
export async function checkIndex(
  store: IndexStore,
  embedder: Embedder | undefined,
  now: Date,
): Promise<Finding> {
  const manifest = await store.manifest();
  if (manifest === undefined) {
    return {
      check: "index",
      state: "ok",
      message: "Nothing is indexed yet: the first start indexes SEEDS_DIR",
    };
  }
  if (embedder !== undefined) checkManifest(manifest, embedder);
  await store.load(manifest);
  const { papers, passages, embedding, createdAt } = manifest;
  const made = `made ${ageOf(now.getTime() - Date.parse(createdAt))} with ${embedding.model}`;
  return {
    check: "index",
    state: "ok",
    message: `The index is whole: ${countOf(papers, "paper")}, ${countOf(passages, "passage")}, ${made}`,
  };
}

/** Milliseconds → words; a clock that was put back makes no negative age. */
function ageOf(ms: number): string {
  const hours = Math.floor(ms / HOUR_MS);
  if (hours < 1) return "within the hour";
  if (hours < 48) return `${countOf(hours, "hour")} ago`;
  return `${Math.floor(hours / 24)} days ago`;
}
