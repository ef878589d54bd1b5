/** Composition root: Config → the wired assistant. The one place that names adapters. */
import path from "node:path";
import { Additions } from "./assistant/additions/additions.ts";
import { Checkpoints } from "./assistant/asking/answer-draft.ts";
import { type AnsweringModels, openAnswering } from "./assistant/asking/answering.ts";
import { type AskContext, ask } from "./assistant/asking/ask.ts";
import { conversationsOf } from "./assistant/conversations.ts";
import { examine } from "./assistant/doctor/examine.ts";
import type { Finding } from "./assistant/doctor/finding.ts";
import { findSentence } from "./assistant/find/find-sentence.ts";
import { findPaper, papersOf } from "./assistant/find/papers.ts";
import { search } from "./assistant/find/search.ts";
import { LiveIndex, readinessOf, requireSnapshot, type Snapshot } from "./assistant/index/live-index.ts";
import { type LiveReadings, openReadings } from "./assistant/index/live-readings.ts";
import { Ingester } from "./assistant/ingest/ingester.ts";
import { SeedsWatch } from "./assistant/ingest/seeds-watch.ts";
import type {
  AskRequest,
  Assistant,
  EmbedRequest,
  FindRequest,
  IngestReport,
  IngestRequest,
  SearchRequest,
  StartOptions,
  TagChange,
} from "./assistant/port.ts";
import { suggestQuestions } from "./assistant/suggestions/suggest-questions.ts";
import type { Config } from "./config.ts";
import { PaperFetcher } from "./corpus/fetch/paper-fetcher.ts";
import type { Embedder } from "./embedding/embedder.ts";
import { TransformersEmbedder, type TransformersOptions } from "./embedding/transformers-embedder.ts";
import { AppError } from "./errors.ts";
import { LiveMap } from "./map/live-map.ts";
import { drawMapInProcess } from "./map/map-process.ts";
import type { AnswerEvent, FindResponse, MapResponse, Readiness, SearchResponse } from "./protocol.ts";
import { OnnxPairReader, type ReaderOptions } from "./reader/onnx-pair-reader.ts";
import type { PairReader } from "./reader/pair-reader.ts";
import type { ConversationStore } from "./store/conversations/conversation-store.ts";
import { SqliteConversationStore } from "./store/conversations/sqlite-conversation-store.ts";
import type { DeliveryStore } from "./store/deliveries/delivery-store.ts";
import { SqliteDeliveryStore } from "./store/deliveries/sqlite-delivery-store.ts";
import { IndexStore } from "./store/index/index-store.ts";
import { DamagedIndexError } from "./store/index-errors.ts";
import { vectraStorage } from "./store/vectors/vectra-store.ts";

export type { Assistant } from "./assistant/port.ts";

export interface AssistantOptions {
  /** Called with what goes wrong in the background, where there is nobody to throw to. */
  readonly onBackgroundError?: (error: unknown) => void;
  /** How models are loaded: those of the adapters where it is absent. */
  readonly load?: ModelLoaders;
}

export interface ModelLoaders {
  embedder(options: TransformersOptions): Promise<Embedder>;
  reader(options: ReaderOptions): Promise<PairReader>;
}

const ADAPTERS: ModelLoaders = {
  embedder: (options) => TransformersEmbedder.load(options),
  reader: (options) => OnnxPairReader.load(options),
};

/** Reads nothing but the database until `start`. @throws AppError (internal) when DATA_DIR cannot be written, or that is broken */
export function createAssistant(config: Config, options: AssistantOptions = {}): Assistant {
  return new WiredAssistant(config, options);
}

/** What a chat app's bot keeps beside the conversations. @throws AppError (internal) as `createAssistant` */
export function openDeliveries(config: Config): DeliveryStore {
  return new SqliteDeliveryStore({ folder: config.folders.data });
}

/** What would fail with this configuration, and the fix: see `examine`. */
export function examineSetup(config: Config, signal?: AbortSignal): Promise<Finding[]> {
  return examine(config, {
    loadEmbedder: () =>
      TransformersEmbedder.load({ ...config.embedding, modelsFolder: config.folders.models }),
    store: new IndexStore(config.folders.vectorstore, vectraStorage),
    now: new Date(),
    signal,
  });
}

/** Milliseconds, monotonic. */
const now = (): number => performance.now();

class WiredAssistant implements Assistant {
  readonly conversations;
  readonly papers;
  readonly additions: Additions;
  readonly #config: Config;
  readonly #embedderOptions: TransformersOptions;
  readonly #onBackgroundError: (error: unknown) => void;
  readonly #load: ModelLoaders;
  readonly #conversationStore: ConversationStore;
  readonly #indexStore: IndexStore;
  readonly #checkpoints = new Checkpoints({ clock: now });
  readonly #closing = new AbortController();
  readonly #ingester: Ingester;
  readonly #seedsWatch: SeedsWatch;
  /** For what runs where nobody waits. */
  readonly #unwatched = { signal: this.#closing.signal, report: (error: unknown) => this.#report(error) };
  readonly #map = new LiveMap({ draw: drawMapInProcess, ...this.#unwatched });
  #follows = false;
  #embedder: Promise<Embedder> | undefined;
  #live: LiveIndex | undefined;
  #reading: Promise<LiveReadings | undefined> | undefined;
  #read: LiveReadings | undefined;
  #answering: Promise<AnsweringModels> | undefined;
  #background: Promise<unknown> = Promise.resolve();

  constructor(config: Config, { onBackgroundError = () => undefined, load = ADAPTERS }: AssistantOptions) {
    this.#config = config;
    this.#embedderOptions = { ...config.embedding, modelsFolder: config.folders.models };
    this.#onBackgroundError = onBackgroundError;
    this.#load = load;
    const onError = this.#unwatched.report;
    this.#conversationStore = new SqliteConversationStore({ folder: config.folders.data, onError });
    this.#indexStore = new IndexStore(config.folders.vectorstore, vectraStorage);
    this.#ingester = new Ingester({
      store: this.#indexStore,
      folders: config.folders,
      embedder: () => this.#loadEmbedder(),
      embedderOptions: this.#embedderOptions,
      index: () => this.#index(),
      fetcher: new PaperFetcher(config.fetching),
      closing: this.#closing.signal,
    });
    this.#seedsWatch = new SeedsWatch({
      folder: config.folders.seeds,
      onChange: () => this.#ingester.ingest({}),
      onError,
    });
    this.additions = new Additions({
      folder: path.join(config.folders.data, "additions"),
      mostBytes: config.uploadBytes,
      ingest: (request) => this.#ingester.ingest(request),
      preview: (request) => this.#ingester.preview(request),
      now: () => new Date(),
      clock: now,
    });
    this.papers = papersOf(() => this.#snapshot());
    this.conversations = conversationsOf(this.#conversationStore, (id) =>
      this.#live?.snapshot?.generation.catalog.get(id),
    );
  }

  async start({ follow, read, onProgress, signal }: StartOptions = {}): Promise<void> {
    this.#follows = follow === true;
    const live = await this.#index();
    // A model that cannot be loaded keeps a server from starting, not a search from being made.
    if (follow) await this.#openAnswering();
    const found = await live
      .refresh()
      .catch((error: unknown) => this.#rebuild(error, { onProgress, signal }));
    if (!found) {
      await this.ingest({ onProgress, signal });
      await live.refresh();
    } else if (follow) {
      this.#background = this.ingest({ signal }).catch((error) => this.#report(error));
    }
    if (follow) live.watch((error) => this.#report(error));
    if (follow && this.#config.watchSeeds) await this.#seedsWatch.start();
    if (read) {
      this.#read?.prepare(this.#snapshot().generation.catalog.all());
      await this.#read?.settled();
    }
  }

  /** A damaged index is rebuilt from the papers; any other error, such as an index of another model, stands. */
  async #rebuild(error: unknown, request: IngestRequest): Promise<boolean> {
    if (!(error instanceof DamagedIndexError)) throw error;
    this.#report(error);
    const { problems } = await this.ingest({ ...request, rebuild: true });
    for (const { file, reason } of problems) this.#report(new AppError("internal", `${file}: ${reason}`));
    return (await this.#index()).refresh();
  }

  readiness(): Readiness {
    return readinessOf(this.#live?.snapshot, {
      progress: this.#ingester.progress,
      answerModel: this.#config.llm,
      answerModels: [...this.#config.languageModels.map(({ name }) => name), "extractive"],
      reader: this.#read?.state ?? "none",
    });
  }

  async *ask(request: AskRequest): AsyncGenerator<AnswerEvent, void> {
    yield* ask(request, this.#snapshot(), await this.#askContext(request.model));
  }

  async search(request: SearchRequest): Promise<SearchResponse> {
    return search(request, this.#snapshot());
  }

  async find(request: FindRequest): Promise<FindResponse> {
    return findSentence(request, this.#snapshot(), await this.#loadEmbedder());
  }

  async *summarize(
    titleOrId: string,
    request: Omit<AskRequest, "question">,
  ): AsyncGenerator<AnswerEvent, void> {
    const snapshot = this.#snapshot();
    const paper = await findPaper(titleOrId, snapshot, request.signal);
    const question = `Summarize “${paper.title}”`;
    yield* ask({ ...request, question }, snapshot, await this.#askContext(request.model), paper);
  }

  async suggestions(): Promise<string[]> {
    return suggestQuestions(this.#snapshot(), this.#closing.signal);
  }

  map(): MapResponse {
    return this.#map.of(this.#snapshot().generation);
  }

  ingest(request: IngestRequest): Promise<IngestReport> {
    return this.#ingester.ingest(request);
  }

  removePapers(ids: readonly string[], signal?: AbortSignal): Promise<IngestReport> {
    return this.#ingester.remove(ids, signal);
  }

  async embed({ texts, signal }: EmbedRequest): Promise<{ model: string; vectors: Float32Array[] }> {
    const embedder = await this.#loadEmbedder();
    return { model: embedder.model, vectors: await embedder.embed(texts, "passage", signal) };
  }

  tagPapers(ids: readonly string[], change: TagChange, signal?: AbortSignal): Promise<IngestReport> {
    return this.#ingester.tag(ids, change, signal);
  }

  async close(): Promise<void> {
    const watched = this.#seedsWatch.stop();
    this.#live?.unwatch();
    this.#closing.abort(new DOMException("The assistant is closing.", "AbortError"));
    await watched;
    await this.#background;
    await this.#map.settled();
    await this.#read?.settled();
    await (await this.#answering?.catch(() => undefined))?.settled();
    await this.additions.settled();
    await this.#ingester.settled();
    await this.#conversationStore.close();
  }

  #snapshot(): Snapshot {
    return requireSnapshot(this.#live);
  }

  async #askContext(model: string | undefined): Promise<AskContext> {
    return {
      ...(await this.#openAnswering()).choose(model),
      conversations: this.#conversationStore,
      topK: this.#config.topK,
      clock: now,
      checkpoints: this.#checkpoints,
    };
  }

  #openAnswering(): Promise<AnsweringModels> {
    this.#answering ??= this.#loadEmbedder().then((embedder) =>
      openAnswering(this.#config, {
        embedder,
        conversations: this.#conversationStore,
        ...this.#unwatched,
      }),
    );
    return this.#answering;
  }

  async #index(): Promise<LiveIndex> {
    const embedder = await this.#loadEmbedder();
    this.#reading ??= openReadings(this.#config, this.#load.reader, this.#unwatched);
    this.#read = await this.#reading;
    const models = { embedder, readings: this.#read?.readings };
    this.#live ??= new LiveIndex(this.#indexStore, models, ({ generation }) => {
      // A command that ends soon needs no map, and reads what it needs.
      if (!this.#follows) return;
      this.#map.prepare(generation);
      this.#read?.prepare(generation.catalog.all());
    });
    return this.#live;
  }

  #loadEmbedder(): Promise<Embedder> {
    this.#embedder ??= this.#load.embedder(this.#embedderOptions);
    return this.#embedder;
  }

  #report(error: unknown): void {
    if (!this.#closing.signal.aborted) this.#onBackgroundError(error);
  }
}
