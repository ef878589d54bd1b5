/** Files → papers → vectors → a new generation. What did not change is neither embedded nor written again. */
import { existsSync } from "node:fs";
import { buildCorpus, type CorpusBuild } from "../../corpus/build/build-corpus.ts";
import { PaperCatalog } from "../../corpus/catalog.ts";
import { CHUNKER_VERSION } from "../../corpus/chunk.ts";
import type { StoredPaper } from "../../corpus/paper.ts";
import type { Embedder } from "../../embedding/embedder.ts";
import { AppError } from "../../errors.ts";
import { packPassages } from "../../retrieval/bodies.ts";
import { LexicalIndex } from "../../retrieval/lexical.ts";
import type { Generation, IndexStore } from "../../store/index/index-store.ts";
import { checkManifest, type Manifest } from "../../store/index/manifest.ts";
import { hashCorpus } from "../../store/index/papers-file.ts";
import { BODIES_FILE, LEXICAL_FILE } from "../index/live-index.ts";
import type { IngestProblem, IngestReport, IngestRequest } from "../port.ts";
import { embedCorpus } from "./embed-corpus.ts";
import { EmbeddingCheckpoint } from "./embedding-checkpoint.ts";

interface IngestContext {
  readonly store: IndexStore;
  readonly embedder: Embedder;
  /** For a large corpus: an embedder over processes, to be closed after use. */
  readonly parallelEmbedder: () => Embedder & { close(): Promise<void> };
  readonly seedsDir: string;
  /** Where papers that were fetched by name are kept, for a rebuild; it need not be there. */
  readonly fetchedDir: string;
  /** Identity keys of papers that SEEDS_DIR does not bring back (additions/removed-papers.ts). */
  readonly removed: ReadonlySet<string>;
  /** Called right before the new generation goes live: throws to keep the old one. */
  readonly confirm: () => Promise<void>;
  /** The generation in memory, when it is the one the manifest names: saves reading it again. */
  readonly live: Generation | undefined;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
}

/** Papers from which processes pay: starting them takes as long as embedding so many. */
const PARALLEL_FROM = 1000;

/**
 * @throws AppError bad_request when no paper at all came out; internal when the index is damaged, config when it is of another model
 * and `rebuild` is not set. Whatever it throws, the generation that was live
 * stays live.
 */
export async function ingest(request: CorpusRequest, context: IngestContext): Promise<IngestReport> {
  const began = context.clock();
  const previous = await readPrevious(request.rebuild === true, context);
  const corpus = request.edit
    ? edited(previous.catalog, request.edit)
    : withoutRemoved(await readCorpus(request, context, previous), request, context.removed);
  request.onChange?.(changeOf(previous.catalog, corpus.stored));
  const made = (await isUnchanged(previous, corpus))
    ? undefined
    : await publish(request, context, previous, corpus);
  return {
    papers: corpus.stored.length,
    passages: (made?.manifest ?? previous.manifest)?.passages ?? 0,
    ...corpus.counts,
    embedded: made?.embedded ?? 0,
    problems: [...previous.problems, ...corpus.problems],
    notes: corpus.notes,
    tookMs: Math.round(context.clock() - began),
  };
}

/** What a new corpus has that the one before it had not, and the other way round. */
export interface CorpusChange {
  readonly added: readonly StoredPaper[];
  readonly updated: readonly StoredPaper[];
  /** Papers that changed or went, as they were. */
  readonly before: readonly StoredPaper[];
}

export interface CorpusRequest extends IngestRequest {
  /** Makes the new corpus of the one before it; no file is read then. */
  readonly edit?: ((stored: readonly StoredPaper[]) => StoredPaper[]) | undefined;
  /** Problems are told relative to this folder; by default to the process's own. */
  readonly workingFolder?: string | undefined;
  /** Called before anything is embedded. */
  readonly onChange?: ((change: CorpusChange) => void) | undefined;
}

export function changeOf(previous: PaperCatalog | undefined, stored: readonly StoredPaper[]): CorpusChange {
  const before = previous?.stored() ?? [];
  const [kept, known] = [new Set(stored), new Set(before)];
  const ids = new Set(before.map(({ paper }) => paper.id));
  const changed = stored.filter((entry) => !known.has(entry));
  return {
    added: changed.filter(({ paper }) => !ids.has(paper.id)),
    updated: changed.filter(({ paper }) => ids.has(paper.id)),
    before: before.filter((entry) => !kept.has(entry)),
  };
}

function edited(catalog: PaperCatalog | undefined, edit: NonNullable<CorpusRequest["edit"]>): CorpusBuild {
  const stored = edit(catalog?.stored() ?? []);
  if (stored.length === 0) throw new AppError("bad_request", "No paper would be left: keep at least one");
  const { added, updated, before } = changeOf(catalog, stored);
  return {
    stored,
    counts: {
      added: added.length,
      updated: updated.length,
      removed: before.length - updated.length,
      unchanged: stored.length - added.length - updated.length,
      duplicates: 0,
    },
    problems: [],
    notes: [],
  };
}

/** Of SEEDS_DIR; who names a file wants all that it holds. */
function withoutRemoved(
  build: CorpusBuild,
  { paths }: CorpusRequest,
  removed: ReadonlySet<string>,
): CorpusBuild {
  if (paths !== undefined || removed.size === 0) return build;
  const stored = build.stored.filter(({ keys }) => !keys.some((key) => removed.has(key)));
  const added = Math.max(0, build.counts.added - (build.stored.length - stored.length));
  return { ...build, stored, counts: { ...build.counts, added } };
}

function readCorpus(
  { paths, rebuild, corpus, signal, onProgress, workingFolder }: CorpusRequest,
  { seedsDir, fetchedDir }: { readonly seedsDir: string; readonly fetchedDir?: string },
  { catalog }: Pick<Previous, "catalog">,
): Promise<CorpusBuild> {
  return buildCorpus({
    paths: paths ?? [seedsDir, ...(rebuild && fetchedDir && existsSync(fetchedDir) ? [fetchedDir] : [])],
    seedsDir,
    corpus,
    previous: catalog,
    signal,
    workingFolder,
    onProgress: onProgress && ((progress) => onProgress({ stage: "reading", ...progress })),
  });
}

/** What an ingest of these files would make of the corpus. @throws AppError bad_request when no paper came out */
export async function previewIngest(
  request: CorpusRequest,
  context: { readonly seedsDir: string; readonly catalog: PaperCatalog },
): Promise<{ build: CorpusBuild; change: CorpusChange }> {
  const build = await readCorpus(request, context, context);
  return { build, change: changeOf(context.catalog, build.stored) };
}

async function isUnchanged({ manifest }: Previous, { stored }: CorpusBuild): Promise<boolean> {
  return manifest?.chunkerVersion === CHUNKER_VERSION && manifest.corpusHash === (await hashCorpus(stored));
}

async function publish(
  { signal, onProgress }: IngestRequest,
  { store, embedder, parallelEmbedder, confirm }: IngestContext,
  previous: Previous,
  { stored }: CorpusBuild,
): Promise<{ manifest: Manifest; embedded: number }> {
  const total = stored.length;
  const generation = await previous.vectors();
  let workers: ReturnType<IngestContext["parallelEmbedder"]> | undefined;
  const embedderFor = (papers: number) => {
    workers = papers >= PARALLEL_FROM ? parallelEmbedder() : undefined;
    return workers ?? embedder;
  };
  const { model, fingerprint, dimension } = embedder;
  const madeBy = `${fingerprint} ${CHUNKER_VERSION}`;
  const checkpoint = new EmbeddingCheckpoint(store.folder, { madeBy, dimension });
  const { items, vectors, embedded } = await embedCorpus(stored, generation, embedderFor, {
    capacity: store.capacity,
    checkpoint,
    signal,
    ...(onProgress && { onProgress: (done) => onProgress({ stage: "embedding", done, total }) }),
  }).finally(async () => {
    await checkpoint.close();
    await workers?.close();
  });
  onProgress?.({ stage: "writing", done: 0, total });
  const papers = stored.map(({ paper }) => paper);
  const lexical = await LexicalIndex.build(papers, signal);
  const bodies = new Map(stored.map(({ paper: { id }, body }) => [id, body?.text ?? ""]));
  const passages = await packPassages(items, (id) => bodies.get(id) ?? "", signal);
  const manifest = await store
    .publish(
      {
        papers: stored,
        items,
        vectors,
        embedding: { model, fingerprint, dimension },
        chunkerVersion: CHUNKER_VERSION,
        files: { [LEXICAL_FILE]: lexical.pack(), ...(passages && { [BODIES_FILE]: passages }) },
      },
      confirm,
    )
    // On a full disk the vectors that are kept would keep others out.
    .finally(() => checkpoint.remove());
  onProgress?.({ stage: "writing", done: total, total });
  return { manifest, embedded };
}

interface Previous {
  readonly manifest?: Manifest | undefined;
  readonly catalog?: PaperCatalog | undefined;
  /** Reads the vectors; undefined when they cannot be used again: another chunker, or a rebuild was asked for. */
  readonly vectors: () => Promise<Generation | undefined>;
  readonly problems: readonly IngestProblem[];
}

interface Context {
  readonly store: IndexStore;
  readonly embedder: Embedder;
  readonly live: Generation | undefined;
}

const none = async () => undefined;

/** @throws AppError unless `rebuild`: internal when the index is damaged, config when it is of another model. */
async function readPrevious(rebuild: boolean, { store, embedder, live }: Context): Promise<Previous> {
  if (rebuild) return readForRebuild(store);
  const manifest = await store.manifest();
  if (manifest === undefined) return { vectors: none, problems: [] };
  checkManifest(manifest, embedder);
  const usable = manifest.chunkerVersion === CHUNKER_VERSION;
  if (live?.manifest.generation === manifest.generation) {
    return { manifest, catalog: live.catalog, vectors: usable ? async () => live : none, problems: [] };
  }
  const catalog = new PaperCatalog(await store.loadPapers(manifest));
  return { manifest, catalog, vectors: usable ? () => store.load(manifest) : none, problems: [] };
}

/** A rebuild keeps the papers of files that are not read this time, as far as the old index can still be read. */
async function readForRebuild(store: IndexStore): Promise<Previous> {
  const { papers, lost } = await store.salvage();
  const catalog = new PaperCatalog(papers);
  if (lost === 0) return { catalog, vectors: none, problems: [] };
  const reason = `${lost} papers of the old index were damaged: those from files outside of SEEDS_DIR must be ingested again`;
  return { catalog, vectors: none, problems: [{ file: "vectorstore", reason }] };
}
