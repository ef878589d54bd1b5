/** What an ingest continues: the index on disk, as far as it can be used. */
import { PaperCatalog } from "../corpus/catalog.ts";
import { CHUNKER_VERSION } from "../corpus/chunk.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { Generation, IndexStore } from "../store/index-store.ts";
import { checkManifest, type Manifest } from "../store/manifest.ts";
import type { IngestProblem } from "./port.ts";

export interface Previous {
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
export async function readPrevious(rebuild: boolean, { store, embedder, live }: Context): Promise<Previous> {
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
