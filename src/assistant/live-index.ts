/** The index that answers: loaded, watched, and swapped for a newer one between two questions. */
import type { Embedder } from "../embedding/embedder.ts";
import { AppError } from "../errors.ts";
import { HybridRetriever } from "../retrieval/hybrid.ts";
import type { Retriever } from "../retrieval/retriever.ts";
import type { Generation, IndexStore } from "../store/index-store.ts";
import { checkManifest } from "../store/manifest.ts";

/** Milliseconds between two looks at the manifest: an index rebuilt by another process is noticed within it. */
const WATCH_INTERVAL_MS = 2000;

/** Everything one question needs, of one generation: a question that began on it ends on it. */
export interface Snapshot {
  readonly generation: Generation;
  readonly retriever: Retriever;
}

export class LiveIndex {
  readonly #store: IndexStore;
  readonly #embedder: Embedder;
  #snapshot: Snapshot | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(store: IndexStore, embedder: Embedder) {
    this.#store = store;
    this.#embedder = embedder;
  }

  get snapshot(): Snapshot | undefined {
    return this.#snapshot;
  }

  /**
   * Loads the generation that the manifest names, unless it is the one in use.
   * @returns false when nothing was indexed yet
   * @throws AppError (internal) when the index is damaged or of another model; the one in use stays in use.
   */
  async refresh(): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      const manifest = await this.#store.manifest();
      if (manifest === undefined) return false;
      if (manifest.generation === this.#snapshot?.generation.manifest.generation) return true;
      checkManifest(manifest, this.#embedder);
      try {
        const generation = await this.#store.load(manifest);
        const retriever = new HybridRetriever(generation.catalog, generation.vectors, this.#embedder);
        this.#snapshot = { generation, retriever };
        return true;
      } catch (error) {
        // Another process may have swapped and removed the generation while it was being read: look once more.
        const now = await this.#store.manifest();
        if (attempt > 1 || now === undefined || now.generation === manifest.generation) throw error;
      }
    }
  }

  /** @param onError what went wrong with a newer index; the old one goes on answering */
  watch(onError: (error: unknown) => void): void {
    this.#timer ??= setInterval(() => void this.refresh().catch(onError), WATCH_INTERVAL_MS).unref();
  }

  unwatch(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** @throws AppError (indexing) while there is no index to answer from. */
export function requireSnapshot(live: LiveIndex | undefined): Snapshot {
  const snapshot = live?.snapshot;
  if (snapshot === undefined) {
    throw new AppError("indexing", "The papers are still being indexed. Try again in a moment.");
  }
  return snapshot;
}
