/** Files → papers → vectors → a new generation. What did not change is neither embedded nor written again. */
import { buildCorpus, type CorpusBuild } from "../corpus/build-corpus.ts";
import { CHUNKER_VERSION } from "../corpus/chunk.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { LexicalIndex } from "../retrieval/lexical.ts";
import type { Generation, IndexStore } from "../store/index-store.ts";
import type { Manifest } from "../store/manifest.ts";
import { hashCorpus } from "../store/papers-file.ts";
import { embedCorpus } from "./embed-corpus.ts";
import { LEXICAL_FILE } from "./live-index.ts";
import type { IngestReport, IngestRequest } from "./port.ts";
import { type Previous, readPrevious } from "./previous-index.ts";

export interface IngestContext {
  readonly store: IndexStore;
  readonly embedder: Embedder;
  /** For a large corpus: an embedder over processes, to be closed after use. */
  readonly parallelEmbedder: () => Embedder & { close(): Promise<void> };
  readonly seedsDir: string;
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
export async function ingest(request: IngestRequest, context: IngestContext): Promise<IngestReport> {
  const began = context.clock();
  const previous = await readPrevious(request.rebuild === true, context);
  const corpus = await readCorpus(request, context, previous);
  const made = (await isUnchanged(previous, corpus))
    ? undefined
    : await publish(request, context, previous, corpus);
  return {
    papers: corpus.stored.length,
    passages: (made?.manifest ?? previous.manifest)?.passages ?? 0,
    ...corpus.counts,
    embedded: made?.embedded ?? 0,
    problems: [...previous.problems, ...corpus.problems],
    tookMs: Math.round(context.clock() - began),
  };
}

function readCorpus(
  { paths, signal, onProgress }: IngestRequest,
  { seedsDir }: IngestContext,
  { catalog }: Previous,
): Promise<CorpusBuild> {
  return buildCorpus({
    paths: paths ?? [seedsDir],
    seedsDir,
    previous: catalog,
    signal,
    onProgress: onProgress && ((progress) => onProgress({ stage: "reading", ...progress })),
  });
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
  const { items, vectors, embedded } = await embedCorpus(stored, generation, embedderFor, {
    capacity: store.capacity,
    signal,
    ...(onProgress && { onProgress: (done) => onProgress({ stage: "embedding", done, total }) }),
  }).finally(() => workers?.close());
  onProgress?.({ stage: "writing", done: 0, total });
  const papers = stored.map(({ paper }) => paper);
  const lexical = await LexicalIndex.build(papers, signal);
  const { model, fingerprint, dimension } = embedder;
  const manifest = await store.publish(
    {
      papers: stored,
      items,
      vectors,
      embedding: { model, fingerprint, dimension },
      chunkerVersion: CHUNKER_VERSION,
      files: { [LEXICAL_FILE]: lexical.pack() },
    },
    confirm,
  );
  onProgress?.({ stage: "writing", done: total, total });
  return { manifest, embedded };
}
