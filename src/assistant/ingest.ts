/** Files → papers → vectors → a new generation. What did not change is neither embedded nor written again. */
import { buildCorpus } from "../corpus/build-corpus.ts";
import { PaperCatalog } from "../corpus/catalog.ts";
import { CHUNKER_VERSION } from "../corpus/chunk.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { Generation, IndexStore } from "../store/index-store.ts";
import { checkManifest, type Manifest } from "../store/manifest.ts";
import { hashCorpus } from "../store/papers-file.ts";
import { embedCorpus } from "./embed-corpus.ts";
import type { IngestProblem, IngestReport, IngestRequest } from "./port.ts";

export interface IngestContext {
  readonly store: IndexStore;
  readonly embedder: Embedder;
  readonly seedsDir: string;
  /** The generation in memory, when it is the one the manifest names: saves reading it again. */
  readonly live: Generation | undefined;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
}

/**
 * @throws AppError bad_request when no paper at all came out; internal when the index is damaged or of another model
 * and `rebuild` is not set. Whatever it throws, the generation that was live stays live.
 */
export async function ingest(request: IngestRequest, context: IngestContext): Promise<IngestReport> {
  const began = context.clock();
  const { embedder, store, seedsDir } = context;
  const { signal, onProgress } = request;
  const previous = await readPrevious(request, context);
  const { stored, counts, problems } = await buildCorpus({
    paths: request.paths ?? [seedsDir],
    seedsDir,
    previous: previous.catalog,
    signal,
    onProgress: onProgress && ((progress) => onProgress({ stage: "reading", ...progress })),
  });
  const report = { papers: stored.length, ...counts, problems: [...previous.problems, ...problems] };
  const took = () => Math.round(context.clock() - began);
  const { manifest } = previous;
  if (previous.generation !== undefined && manifest?.corpusHash === hashCorpus(stored)) {
    return { ...report, passages: manifest.passages, embedded: 0, tookMs: took() };
  }
  const total = stored.length;
  const { items, vectors, embedded } = await embedCorpus(stored, previous.generation, embedder, {
    signal,
    ...(onProgress && { onProgress: (done) => onProgress({ stage: "embedding", done, total }) }),
  });
  signal?.throwIfAborted();
  onProgress?.({ stage: "writing", done: 0, total });
  const { model, fingerprint, dimension } = embedder;
  const embedding = { model, fingerprint, dimension };
  const made = await store.publish({
    papers: stored,
    items,
    vectors,
    embedding,
    chunkerVersion: CHUNKER_VERSION,
  });
  onProgress?.({ stage: "writing", done: total, total });
  return { ...report, passages: made.passages, embedded, tookMs: took() };
}

interface Previous {
  readonly manifest?: Manifest | undefined;
  readonly catalog?: PaperCatalog | undefined;
  /** Only when its vectors can be used again: same model, same passages, no rebuild asked for. */
  readonly generation?: Generation | undefined;
  readonly problems: readonly IngestProblem[];
}

async function readPrevious(request: IngestRequest, context: IngestContext): Promise<Previous> {
  if (request.rebuild) return readForRebuild(context);
  const manifest = await context.store.manifest();
  if (manifest === undefined) return { problems: [] };
  checkManifest(manifest, context.embedder);
  const inMemory = context.live?.manifest.generation === manifest.generation ? context.live : undefined;
  const generation = inMemory ?? (await context.store.load(manifest));
  const usable = manifest.chunkerVersion === CHUNKER_VERSION;
  return { manifest, catalog: generation.catalog, generation: usable ? generation : undefined, problems: [] };
}

/** A rebuild keeps the papers of files that are not read this time, as far as the old index can still be read. */
async function readForRebuild({ store }: IngestContext): Promise<Previous> {
  try {
    const manifest = await store.manifest();
    if (manifest === undefined) return { problems: [] };
    return { manifest, catalog: new PaperCatalog(await store.loadPapers(manifest)), problems: [] };
  } catch (error) {
    const reason = `the old index cannot be read, its papers from other files must be ingested again: ${(error as Error).message}`;
    return { problems: [{ file: "vectorstore", reason }] };
  }
}
