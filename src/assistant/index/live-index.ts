/** The index that answers: loaded, watched, and swapped for a newer one between two questions. */
import type { Embedder } from "../../embedding/embedder.ts";
import { AppError } from "../../errors.ts";
import type { Readiness } from "../../protocol.ts";
import type { Readings } from "../../reader/readings.ts";
import { BodyPassages } from "../../retrieval/bodies.ts";
import { HybridRetriever, LEXICAL } from "../../retrieval/hybrid.ts";
import { LexicalIndex } from "../../retrieval/lexical.ts";
import type { Retriever } from "../../retrieval/retriever.ts";
import type { Generation, IndexStore } from "../../store/index/index-store.ts";
import { checkManifest } from "../../store/index/manifest.ts";
import type { IngestProgress } from "../port.ts";

/** The lexical index is kept with the generation: building it takes longer than all else at a start. */
export const LEXICAL_FILE = "lexical.bin";
/** That of the passages of the papers' bodies, where any has one. */
export const BODIES_FILE = "bodies.bin";
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
  readonly #readings: Readings | undefined;
  readonly #onSwap: (snapshot: Snapshot) => void;
  #snapshot: Snapshot | undefined;
  #refreshing: Promise<boolean> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param models `readings` absent: papers are ranked without reading them
   * @param onSwap called with each index that begins to answer, the first included
   */
  constructor(
    store: IndexStore,
    { embedder, readings }: { embedder: Embedder; readings?: Readings | undefined },
    onSwap: (snapshot: Snapshot) => void,
  ) {
    this.#store = store;
    this.#embedder = embedder;
    this.#readings = readings;
    this.#onSwap = onSwap;
  }

  get snapshot(): Snapshot | undefined {
    return this.#snapshot;
  }

  /**
   * Loads the generation that the manifest names, unless it is the one in use.
   * @returns false when nothing was indexed yet
   * @throws DamagedIndexError; AppError (config) when the index is of another model. The one in use stays in use.
   */
  refresh(): Promise<boolean> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refresh(): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      const manifest = await this.#store.manifest();
      if (manifest === undefined) return false;
      if (manifest.generation === this.#snapshot?.generation.manifest.generation) return true;
      checkManifest(manifest, this.#embedder);
      try {
        const generation = await this.#store.load(manifest);
        this.#snapshot = { generation, retriever: await this.#retriever(generation) };
        this.#onSwap(this.#snapshot);
        return true;
      } catch (error) {
        // Another process may have swapped and removed the generation while it was being read: look once more.
        const now = await this.#store.manifest();
        if (attempt > 1 || now === undefined || now.generation === manifest.generation) throw error;
      }
    }
  }

  async #retriever(generation: Generation): Promise<Retriever> {
    const { catalog, vectors } = generation;
    const stored = await generation.readFile(LEXICAL_FILE);
    const lexical = (stored && LexicalIndex.unpack(stored)) ?? (await LexicalIndex.build(catalog.all()));
    const bodies = await BodyPassages.open(generation, await generation.readFile(BODIES_FILE), LEXICAL);
    return new HybridRetriever(catalog, vectors, lexical, this.#embedder, {
      readings: this.#readings,
      bodies,
    });
  }

  /** @param onError what went wrong with a newer index, told once; the old one goes on answering */
  watch(onError: (error: unknown) => void): void {
    let told = "";
    const look = () =>
      this.refresh().then(
        () => {
          told = "";
        },
        (error: unknown) => {
          if (String(error) !== told) onError(error);
          told = String(error);
        },
      );
    this.#timer ??= setInterval(look, WATCH_INTERVAL_MS).unref();
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

interface State {
  readonly progress: IngestProgress | undefined;
  readonly answerModel: string;
  /** Those that a question may choose. */
  readonly answerModels: readonly string[];
  /** How far the reader is (live-readings.ts), "none" without one. */
  readonly reader: string;
}

/** Whether there is an index to answer from, and what it is. */
export function readinessOf(
  snapshot: Snapshot | undefined,
  { progress, answerModel, answerModels, reader }: State,
): Readiness {
  if (snapshot === undefined)
    return { status: "indexing", done: progress?.done ?? 0, total: progress?.total ?? 0 };
  const { papers, passages, embedding, createdAt } = snapshot.generation.manifest;
  return {
    status: "ready",
    papers,
    passages,
    embeddingModel: embedding.model,
    answerModel,
    ...(answerModels.length > 1 ? { answerModels: [...answerModels] } : {}),
    indexedAt: createdAt,
    components: { index: "ok", conversations: "ok", answerer: "ok", reader },
  };
}
