/** Readings of papers, each made once: kept in memory for papers that are asked for often, in a store for all. */
import type { Paper } from "../protocol.ts";
import type { ReadingStore } from "../store/reading-store.ts";
import type { PairReader } from "./pair-reader.ts";

/** Bytes in memory, the least recently asked for go first: some 1,000 abstracts. */
const KEPT_BYTES = 96 * 1024 * 1024;

export class Readings {
  readonly #reader: PairReader;
  readonly #store: ReadingStore;
  /** By revision, the one asked for last at the end. */
  readonly #kept = new Map<string, Uint8Array>();
  #bytes = 0;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(reader: PairReader, store: ReadingStore) {
    this.#reader = reader;
    this.#store = store;
  }

  isWord(text: string): boolean {
    return this.#reader.isWord(text);
  }

  /**
   * For each paper the logits of its abstract's sentences (pair-reader.ts); none at all for a question in words that the
   * reader does not know. What was not read before is read now, some
   * 10 ms a paper. @throws DOMException AbortError
   */
  async scores(
    question: string,
    papers: readonly Paper[],
    signal?: AbortSignal,
  ): Promise<readonly Float32Array[]> {
    if (!this.#reader.reads(question)) return [];
    return this.#reader.score(question, await this.#of(papers, signal), signal);
  }

  async #of(papers: readonly Paper[], signal?: AbortSignal): Promise<Uint8Array[]> {
    const missing = papers.filter(({ revision }) => !this.#kept.has(revision));
    const stored = await this.#store.get(missing.map(({ revision }) => revision));
    const fresh = new Map<string, Uint8Array>();
    const readings: Uint8Array[] = [];
    for (const paper of papers) {
      const { revision } = paper;
      let reading = this.#kept.get(revision) ?? stored.get(revision);
      if (reading === undefined) {
        reading = await this.#reader.read(paper, signal);
        fresh.set(revision, reading);
      }
      this.#keep(revision, reading);
      readings.push(reading);
    }
    // Nobody waits for that, and where the disk takes nothing they are read again.
    this.#writing = Promise.all([this.#writing, this.#store.add(fresh)]).catch(() => undefined);
    return readings;
  }

  /** Waits for what is being written. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  #keep(revision: string, reading: Uint8Array): void {
    if (this.#kept.delete(revision)) this.#bytes -= reading.byteLength;
    this.#kept.set(revision, reading);
    this.#bytes += reading.byteLength;
    for (const [oldest, { byteLength }] of this.#kept) {
      if (this.#bytes <= KEPT_BYTES) break;
      this.#kept.delete(oldest);
      this.#bytes -= byteLength;
    }
  }
}
