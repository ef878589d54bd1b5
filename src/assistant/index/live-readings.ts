/** Reads the papers of the live index ahead of any question, in the background; a question reads what is missing. */
import type { Config } from "../../config.ts";
import type { Paper } from "../../protocol.ts";
import type { ReaderOptions } from "../../reader/onnx-pair-reader.ts";
import type { PairReader } from "../../reader/pair-reader.ts";
import { ReadProcess } from "../../reader/read-process.ts";
import { withVector } from "../../reader/reading-format.ts";
import { Readings } from "../../reader/readings.ts";
import { ReadingFiles } from "../../store/readings/reading-files.ts";
import type { ReadingStore } from "../../store/readings/reading-store.ts";

/** Papers a request and a file: some 2 s of work that a kill loses, 5 MB. */
const BATCH_PAPERS = 64;

/** Reads papers in a process of its own. */
export interface BackgroundReader {
  read(papers: readonly Paper[], signal?: AbortSignal): Promise<readonly Uint8Array[]>;
  close(): void;
}

interface Options {
  readonly reader: PairReader;
  readonly store: ReadingStore;
  readonly open: () => BackgroundReader;
  /** Ends the reading. */
  readonly signal: AbortSignal;
  /** Called with what goes wrong where nobody waits. */
  readonly report: (error: unknown) => void;
}

/** Undefined without a reader. @throws AppError (config) when it cannot be loaded */
export async function openReadings(
  { readerModel: model, folders }: Config,
  load: (options: ReaderOptions) => Promise<PairReader>,
  unwatched: Pick<Options, "signal" | "report">,
): Promise<LiveReadings | undefined> {
  if (model === undefined) return undefined;
  const options = { modelsFolder: folders.models, model };
  const reader = await load(options);
  const store = new ReadingFiles(folders.vectorstore, reader.fingerprint);
  return new LiveReadings({ reader, store, open: () => new ReadProcess(options), ...unwatched });
}

export class LiveReadings {
  /** For questions. */
  readonly readings: Readings;
  readonly #options: Options;
  #stop = new AbortController();
  #work: Promise<void> = Promise.resolve();
  #state = "ok";

  constructor(options: Options) {
    this.#options = options;
    this.readings = new Readings(options.reader, options.store);
  }

  /** "ok"; "reading 128/236" while papers are read; "failed" when the rest is left to the questions. */
  get state(): string {
    return this.#state;
  }

  /** Sees to it that these papers are read, and no others that are not read yet. What is read is kept at every batch. */
  prepare(papers: readonly Paper[]): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    const signal = AbortSignal.any([this.#options.signal, this.#stop.signal]);
    const before = this.#work;
    this.#work = before
      .then(() => this.#read(papers, signal))
      .catch((error: unknown) => {
        if (signal.aborted) return;
        this.#state = "failed";
        this.#options.report(error);
      });
  }

  /** Waits for what runs in the background. */
  async settled(): Promise<void> {
    await this.#work;
    await this.readings.settled();
  }

  async #read(papers: readonly Paper[], signal: AbortSignal): Promise<void> {
    const { store, open } = this.#options;
    signal.throwIfAborted();
    const byRevision = new Map(papers.map((paper) => [paper.revision, paper]));
    await store.keepOnly([...byRevision.keys()]);
    const missing = (await store.missing([...byRevision.keys()])).flatMap((one) => byRevision.get(one) ?? []);
    if (missing.length > 0) {
      const reader = open();
      try {
        await this.#readAll(missing, byRevision.size, reader, signal);
      } finally {
        reader.close();
      }
    }
    this.#state = "ok";
  }

  async #readAll(
    missing: readonly Paper[],
    total: number,
    reader: BackgroundReader,
    signal: AbortSignal,
  ): Promise<void> {
    for (let at = 0; at < missing.length; at += BATCH_PAPERS) {
      this.#state = `reading ${total - missing.length + at}/${total}`;
      const batch = missing.slice(at, at + BATCH_PAPERS);
      const readings = await reader.read(batch, signal);
      const entries = batch.map(
        ({ revision }, index) => [revision, withVector(readings[index] as Uint8Array)] as const,
      );
      await this.#options.store.add(new Map(entries));
    }
  }
}
