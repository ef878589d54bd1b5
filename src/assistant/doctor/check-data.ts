import { existsSync } from "node:fs";
import type { Embedder } from "../../embedding/embedder.ts";
import type { IndexStore } from "../../store/index/index-store.ts";
import { checkManifest } from "../../store/index/manifest.ts";
import { conversationsFile, inspectConversations } from "../../store/sqlite/schema.ts";
import { countOf } from "../../util/strings.ts";
import { backupPlaces } from "../backup/backup.ts";
import { partialBackups, stateOf } from "../backup/partial-backups.ts";
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

/** @throws AppError (internal) that names the database when it is damaged, locked or from a newer Footnote */
export function checkConversations(dataFolder: string): Finding {
  const check = "conversations";
  const file = conversationsFile(dataFolder);
  if (!existsSync(file)) return { check, state: "ok", message: `${file} is made with the first question` };
  const { schemaVersion, newestVersion, conversations, messages } = inspectConversations(file);
  const schema =
    schemaVersion === newestVersion
      ? `schema ${schemaVersion}`
      : `schema ${schemaVersion}, which the next start brings to ${newestVersion}`;
  const message = `${file} is whole: ${countOf(conversations, "conversation")}, ${countOf(messages, "message")}, ${schema}`;
  return { check, state: "ok", message };
}

/** Backups that were begun, in the folders that `dataFolder` (DATA_DIR) remembers. */
export async function checkBackups(dataFolder: string): Promise<Finding[]> {
  const folders = await Promise.all((await backupPlaces(dataFolder)).map(partialBackups));
  return Promise.all(
    folders.flat().map(async (folder): Promise<Finding> => {
      const check = "backups";
      switch (await stateOf(folder)) {
        case "alive":
          return { check, state: "ok", message: `A backup is being made in ${folder}` };
        case "dead":
          return { check, state: "warning", message: `The backup ${folder} was killed: ${FIX}` };
        default:
          return {
            check,
            state: "warning",
            message: `The backup ${folder} is not complete: if nobody makes it now, ${FIX}`,
          };
      }
    }),
  );
}

const FIX = "remove it, or make another there, which does";
