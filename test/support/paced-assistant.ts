import { setTimeout as delay } from "node:timers/promises";
import type {
  AskRequest,
  Assistant,
  EmbedRequest,
  FindRequest,
  IngestRequest,
  SearchRequest,
  StartOptions,
  TagChange,
} from "../../src/assistant/port.ts";

/** The real assistant, but with time between the events of an answer: for what a person does meanwhile. */
export class PacedAssistant implements Assistant {
  /** Milliseconds before each event. */
  pace = 0;
  readonly #inner: Assistant;

  constructor(inner: Assistant) {
    this.#inner = inner;
  }

  get conversations() {
    return this.#inner.conversations;
  }

  get papers() {
    return this.#inner.papers;
  }

  async *ask(request: AskRequest) {
    for await (const event of this.#inner.ask(request)) {
      if (this.pace > 0) await delay(this.pace);
      yield event;
    }
  }

  start(options?: StartOptions) {
    return this.#inner.start(options);
  }

  readiness() {
    return this.#inner.readiness();
  }

  search(request: SearchRequest) {
    return this.#inner.search(request);
  }

  summarize(titleOrId: string, request: Omit<AskRequest, "question">) {
    return this.#inner.summarize(titleOrId, request);
  }

  find(request: FindRequest) {
    return this.#inner.find(request);
  }

  suggestions() {
    return this.#inner.suggestions();
  }

  map() {
    return this.#inner.map();
  }

  get additions() {
    return this.#inner.additions;
  }

  removePapers(ids: readonly string[], signal?: AbortSignal) {
    return this.#inner.removePapers(ids, signal);
  }

  embed(request: EmbedRequest) {
    return this.#inner.embed(request);
  }

  tagPapers(ids: readonly string[], change: TagChange, signal?: AbortSignal) {
    return this.#inner.tagPapers(ids, change, signal);
  }

  ingest(request: IngestRequest) {
    return this.#inner.ingest(request);
  }

  close() {
    return this.#inner.close();
  }
}
