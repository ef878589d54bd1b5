/** Everything that can be known before a start, looked at one by one: nothing stops at the first problem. */
import type { Config } from "../../config.ts";
import type { Embedder } from "../../embedding/embedder.ts";
import type { IndexStore } from "../../store/index-store.ts";
import { WriterLockFolder } from "../../store/writer-lock-folder.ts";
import { lifeOf } from "../../store/writer-lock-holder.ts";
import { checkBackups, checkConversations, checkIndex } from "./check-data.ts";
import { checkDisk, checkFolders, checkNode } from "./check-host.ts";
import { checkLanguageModel } from "./check-language-model.ts";
import { checkModel, checkOutbound } from "./check-model.ts";
import { type Finding, guarded } from "./finding.ts";

export interface ExamineParts {
  readonly loadEmbedder: () => Promise<Embedder>;
  readonly store: IndexStore;
  readonly now: Date;
  readonly signal: AbortSignal | undefined;
}

/** Never throws: what fails is a finding. Changes nothing, and contacts nobody but the language model's server. */
export async function examine(
  config: Config,
  { loadEmbedder, store, now, signal }: ExamineParts,
): Promise<Finding[]> {
  const { data, vectorstore } = config.folders;
  const { languageModel } = config;
  const model = await checkModel(config, loadEmbedder);
  const indexBytes = await bytesOfIndex(store);
  const checks = [
    await guarded("node", () => checkNode(process.versions.node)),
    await guarded("folders", () => checkFolders(config.folders)),
    [model.finding],
    await guarded("index", () => checkIndex(store, model.embedder, now)),
    await guarded("writer", () => checkWriter(vectorstore)),
    await guarded("conversations", () => checkConversations(data)),
    await guarded("backups", () => checkBackups(data)),
    await guarded("disk", () => checkDisk("VECTORSTORE_DIR", vectorstore, indexBytes)),
    await guarded("disk", () => checkDisk("DATA_DIR", data, 0)),
    await guarded("outbound", () => checkOutbound(config)),
    await guarded("language-model", async () =>
      languageModel === undefined ? [] : checkLanguageModel(languageModel, signal),
    ),
  ];
  return checks.flat();
}

/** 0 where there is none, or none that can be read. */
async function bytesOfIndex(store: IndexStore): Promise<number> {
  const manifest = await store.manifest().catch(() => undefined);
  return Object.values(manifest?.files ?? {}).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Who writes the index below `root` (VECTORSTORE_DIR) now, if anybody does. */
async function checkWriter(root: string): Promise<Finding[]> {
  const seen = await new WriterLockFolder(root).look();
  const { holder } = seen ?? {};
  if (holder === undefined || (await lifeOf(holder)) === "dead") return [];
  const message = `The index is being written by process ${holder.pid} on ${holder.host}, since ${holder.since}`;
  return [{ check: "writer", state: "ok", message }];
}
