/** Everything that can be known before a start, looked at one by one: nothing stops at the first problem. */
import type { Config } from "../../config.ts";
import type { Embedder } from "../../embedding/embedder.ts";
import { findModel } from "../../embedding/model-files.ts";
import type { IndexStore } from "../../store/index/index-store.ts";
import { lifeOf, WriterLockFolder } from "../../store/writer-lock/writer-lock-folder.ts";
import { dot } from "../../util/vectors.ts";
import { checkBackups, checkConversations, checkIndex } from "./check-data.ts";
import { checkDisk, checkFolders, checkNode } from "./check-host.ts";
import { checkLanguageModel } from "./check-language-model.ts";
import { type Finding, guarded } from "./finding.ts";

interface ExamineParts {
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
    ...(await Promise.all(
      config.languageModels.map((model) =>
        guarded("language-model", async () => checkLanguageModel(model, signal)),
      ),
    )),
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
export function checkOutbound(config: Config): Finding {
  const check = "outbound";
  const { embedding, folders, languageModels, slack, fetching } = config;
  const fetches = embedding.allowDownload && findModel(folders.models, embedding.model, true) === undefined;
  const told = [
    ...(fetches ? [`The next start contacts ${HUB}, once, to fetch the embedding model`] : []),
    ...languageModels.map((model) => `Questions and the abstracts they match go to ${hostOf(model)}`),
    ...(slack === undefined ? [] : [`Answers to Slack go to ${new URL(slack.apiUrl).host}`]),
    ...(fetching.isAllowed ? [`Ids of papers that an ingest names go to ${papersFrom(fetching)}`] : []),
    ...(languageModels.some(({ tracing }) => tracing) ? ["LangSmith is told what LANGSMITH_* asks for"] : []),
  ];
  const message = `EGRESS=${config.egress}: ${told.length === 0 ? "No host outside is contacted" : told.join(". ")}`;
  return { check, state: fetches ? "warning" : "ok", message };
}

function papersFrom({ arxivUrl, crossrefUrl, contact }: Config["fetching"]): string {
  const address = contact === undefined ? "" : `, with the address ${contact}`;
  return `${new URL(arxivUrl).host} and ${new URL(crossrefUrl).host}${address}`;
}

function hostOf({ name, baseUrl, provider }: NonNullable<Config["languageModel"]>): string {
  const host = baseUrl === undefined ? `the usual address of ${provider}` : new URL(baseUrl).host;
  return `${host}, for LLM=${name}`;
}
