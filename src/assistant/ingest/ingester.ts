/** All that changes the corpus, one at a time, under the lock that keeps other processes from doing so too. */

import { mkdir, readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import pLimit from "p-limit";
import type { CorpusBuild } from "../../corpus/build/build-corpus.ts";
import { isPaperName, type PaperFetcher } from "../../corpus/fetch/paper-fetcher.ts";
import type { StoredPaper } from "../../corpus/paper.ts";
import type { Embedder } from "../../embedding/embedder.ts";
import { ParallelEmbedder } from "../../embedding/parallel-embedder.ts";
import type { TransformersOptions } from "../../embedding/transformers-embedder.ts";
import { AppError } from "../../errors.ts";
import type { IndexStore } from "../../store/index/index-store.ts";
import { withWriterLock } from "../../store/writer-lock/writer-lock.ts";
import { anySignal } from "../../util/abort.ts";
import { writeAtomically } from "../../util/files.ts";
import { type LiveIndex, requireSnapshot } from "../index/live-index.ts";
import type { IngestProblem, IngestProgress, IngestReport, TagChange } from "../port.ts";
import { type CorpusChange, type CorpusRequest, ingest, previewIngest } from "./ingest.ts";

interface Context {
  readonly store: IndexStore;
  readonly folders: { readonly seeds: string; readonly vectorstore: string };
  readonly embedder: () => Promise<Embedder>;
  readonly embedderOptions: TransformersOptions;
  readonly index: () => Promise<LiveIndex>;
  readonly fetcher: PaperFetcher;
  /** Aborts when the assistant closes. */
  readonly closing: AbortSignal;
}

export class Ingester {
  readonly #context: Context;
  readonly #removed: RemovedPapers;
  readonly #oneAtATime = pLimit(1);
  #progress: IngestProgress | undefined;

  constructor(context: Context) {
    this.#context = context;
    this.#removed = new RemovedPapers(context.folders.vectorstore);
  }

  /** Of the one that runs, or ran last. */
  get progress(): IngestProgress | undefined {
    return this.#progress;
  }

  /** @throws what `ingest` and PaperFetcher throw, and the signal's reason */
  ingest(request: CorpusRequest): Promise<IngestReport> {
    return request.paths?.some(isPaperName) ? this.#ingestByName(request) : this.#ingestFiles(request);
  }

  async #ingestByName(given: CorpusRequest): Promise<IngestReport> {
    const { request, problems } = await this.#fetched(given);
    const report = await this.#ingestFiles(request);
    return { ...report, problems: [...problems, ...report.problems] };
  }

  #ingestFiles(request: CorpusRequest): Promise<IngestReport> {
    const { index, folders, closing } = this.#context;
    return this.#oneAtATime(async () => {
      const live = await index();
      const signal = anySignal(closing, request.signal);
      // From reading the index that it continues to publishing the next: two ingests would drop each other's papers.
      const report = await withWriterLock(
        folders.vectorstore,
        (lost, confirm) => this.#ingest({ ...request, signal: anySignal(signal, lost) }, live, confirm),
        { signal },
      );
      if (live.snapshot !== undefined) await live.refresh();
      return report;
    });
  }

  /** With files in the place of papers by name; before the lock is taken, as services may be slow. */
  async #fetched(
    given: CorpusRequest,
  ): Promise<{ request: CorpusRequest; problems: readonly IngestProblem[] }> {
    const { folders, fetcher, closing } = this.#context;
    const names = given.paths?.filter(isPaperName) ?? [];
    const { files, problems } = await fetcher.fetch(names, {
      folder: fetchedFolder(folders.vectorstore),
      signal: anySignal(closing, given.signal),
      onProgress: (progress) => given.onProgress?.({ stage: "reading", ...progress }),
    });
    const paths = [...(given.paths ?? []).filter((each) => !isPaperName(each)), ...files];
    if (paths.length > 0) return { request: { ...given, paths }, problems };
    const [first] = problems;
    const more = problems.length > 1 ? `; ${problems.length - 1} more` : "";
    throw new AppError("bad_request", `No paper could be had: ${first?.file}: ${first?.reason}${more}`);
  }

  /** What an ingest of these files would change. @throws AppError bad_request when no paper came out, indexing */
  async preview(request: CorpusRequest): Promise<{ build: CorpusBuild; change: CorpusChange }> {
    const { index, folders, closing } = this.#context;
    const { catalog } = requireSnapshot(await index()).generation;
    const signal = anySignal(closing, request.signal);
    return previewIngest({ ...request, signal }, { seedsDir: folders.seeds, catalog });
  }

  /**
   * Removes papers for good: a file of SEEDS_DIR that still holds them does not bring them back.
   * @throws AppError not_found that names the first id that no paper has
   */
  async remove(ids: readonly string[], signal?: AbortSignal): Promise<IngestReport> {
    const gone = new Set<StoredPaper>();
    const edit = (stored: readonly StoredPaper[]) => {
      const byId = new Map(stored.map((entry) => [entry.paper.id, entry]));
      for (const id of ids) {
        const entry = byId.get(id);
        if (entry === undefined) throw noSuchPaper(id);
        gone.add(entry);
      }
      return stored.filter((entry) => !gone.has(entry));
    };
    const report = await this.ingest({ edit, signal });
    await this.#removed.add([...gone]);
    return report;
  }

  /**
   * Sets tags by hand: from then on these count, whatever the files of the papers say.
   * @throws AppError not_found that names the first id that no paper has
   */
  tag(
    ids: readonly string[],
    { add = [], remove = [] }: TagChange,
    signal?: AbortSignal,
  ): Promise<IngestReport> {
    const edit = (stored: readonly StoredPaper[]) => {
      const known = new Set(stored.map(({ paper }) => paper.id));
      const unknown = ids.find((id) => !known.has(id));
      if (unknown !== undefined) throw noSuchPaper(unknown);
      const wanted = new Set(ids);
      return stored.map((entry) => {
        const before = entry.tags ?? entry.paper.tags ?? [];
        const tags = [...new Set([...before, ...add])].filter((tag) => !remove.includes(tag));
        return wanted.has(entry.paper.id) && !isDeepStrictEqual(tags, before) ? { ...entry, tags } : entry;
      });
    };
    return this.ingest({ edit, signal });
  }

  /** Waits for what runs. */
  async settled(): Promise<void> {
    await this.#oneAtATime(async () => undefined);
  }

  async #ingest(
    request: CorpusRequest,
    live: LiveIndex,
    confirm: () => Promise<void>,
  ): Promise<IngestReport> {
    const { store, folders, embedderOptions } = this.#context;
    const embedder = await this.#context.embedder();
    let change: CorpusChange | undefined;
    const report = await ingest(
      {
        ...request,
        onProgress: (progress) => {
          this.#progress = progress;
          request.onProgress?.(progress);
        },
        onChange: (made) => {
          change = made;
          request.onChange?.(made);
        },
      },
      {
        store,
        embedder,
        parallelEmbedder: () => new ParallelEmbedder(embedder, embedderOptions, workers(live)),
        seedsDir: folders.seeds,
        fetchedDir: fetchedFolder(folders.vectorstore),
        removed: await this.#removed.keys(),
        confirm,
        live: live.snapshot?.generation,
        clock: () => performance.now(),
      },
    );
    if (request.paths !== undefined) await this.#removed.forget(change?.added ?? []);
    return report;
  }
}

function noSuchPaper(id: string): AppError {
  return new AppError("not_found", `There is no paper ${JSON.stringify(id)}`);
}

/** Below VECTORSTORE_DIR: papers that were fetched by name. */
const fetchedFolder = (vectorstore: string): string => path.join(vectorstore, "fetched");

/** Every core while nobody waits for answers; one is left to them otherwise. */
function workers(live: LiveIndex): number {
  return Math.max(1, availableParallelism() - (live.snapshot === undefined ? 0 : 1));
}

const FILE = "removed-papers.json";

export class RemovedPapers {
  readonly #folder: string;

  /** @param folder VECTORSTORE_DIR */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Their identity keys. @throws AppError (config) when the file is damaged */
  async keys(): Promise<ReadonlySet<string>> {
    const file = path.join(this.#folder, FILE);
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text === undefined) return new Set();
    try {
      const { keys } = JSON.parse(text) as { keys: string[] };
      return new Set(keys);
    } catch (cause) {
      const fix = "restore it from a backup, or delete it: removed papers of SEEDS_DIR then come back";
      throw new AppError("config", `${file} is damaged: ${fix}`, { cause });
    }
  }

  async add(papers: readonly StoredPaper[]): Promise<void> {
    await this.#write(new Set([...(await this.keys()), ...papers.flatMap(({ keys }) => keys)]));
  }

  /** Who names a file that has such a paper wants it back. */
  async forget(papers: readonly StoredPaper[]): Promise<void> {
    const keys = await this.keys();
    if (keys.size === 0) return;
    const back = new Set(papers.flatMap((paper) => paper.keys));
    const left = new Set([...keys].filter((key) => !back.has(key)));
    if (left.size < keys.size) await this.#write(left);
  }

  async #write(keys: ReadonlySet<string>): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await writeAtomically(path.join(this.#folder, FILE), JSON.stringify({ keys: [...keys] }));
  }
}
