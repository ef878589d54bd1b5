/** Papers that are added while the server runs: files come in, a preview is made, they are ingested, and can be taken back. */
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import pLimit from "p-limit";
import type { CorpusBuild } from "../../corpus/build/build-corpus.ts";
import { AppError } from "../../errors.ts";
import type { Addition, AdditionState } from "../../protocol.ts";
import { writeAtomically } from "../../util/files.ts";
import { randomId } from "../../util/strings.ts";
import { withoutUndefined } from "../../util/without-undefined.ts";
import type { CorpusChange, CorpusRequest } from "../ingest/ingest.ts";
import type { IngestProgress, IngestReport } from "../port.ts";
import { reportOf, takenBack, undoOf } from "./addition-report.ts";
import { failureOf, type Kept, type Running, STOPPED, shown, stateOf } from "./addition-state.ts";
import { UploadedFiles } from "./uploaded-files.ts";

/** Additions that are remembered, the newest. */
const REMEMBERED = 50;
/** Additions that may be open at once: each may hold files. */
const MOST_OPEN = 10;
/** Part of a stage that has to be done before the time left is told. */
const FORESEEABLE = 0.02;

const STATE_FILE = "addition.json";
const FILES_FOLDER = "files";

interface Context {
  /** Below DATA_DIR, for all of them. */
  readonly folder: string;
  /** Bytes of the files of one. */
  readonly mostBytes: number;
  ingest(request: CorpusRequest): Promise<IngestReport>;
  preview(request: CorpusRequest): Promise<{ build: CorpusBuild; change: CorpusChange }>;
  readonly now: () => Date;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
}

export class Additions {
  readonly #context: Context;
  readonly #all = new Map<string, Running>();
  #recalled: Promise<void> | undefined;

  constructor(context: Context) {
    this.#context = context;
  }

  /** The newest first. */
  async list(): Promise<Addition[]> {
    await this.#recall();
    return [...this.#all.values()].reverse().map((one) => shown(one));
  }

  /** @throws AppError not_found */
  async get(id: string): Promise<Addition> {
    return shown(await this.#find(id));
  }

  /** @throws AppError conflict while too many are open */
  async open(): Promise<Addition> {
    await this.#recall();
    const open = [...this.#all.values()].filter(
      ({ kept }) => kept.state === "open" || kept.state === "previewed",
    );
    if (open.length >= MOST_OPEN) {
      throw new AppError("conflict", `${open.length} additions are open: start or cancel one of them first`);
    }
    const id = randomId();
    const one = this.#running({ id, createdAt: this.#context.now().toISOString(), state: "open" });
    await mkdir(one.files.folder, { recursive: true });
    await this.#keep(one, {});
    this.#all.set(id, one);
    await this.#forget();
    return shown(one);
  }

  /** @throws AppError not_found, conflict once it has begun, and what UploadedFiles.add throws */
  async addFile(
    id: string,
    name: string,
    content: Readable | string,
    signal?: AbortSignal,
  ): Promise<Addition> {
    const one = await this.#find(id);
    this.#require(one, ["open", "previewed", "failed"], "takes no more files");
    await one.files.add(name, content, signal);
    await this.#keep(one, { state: "open", preview: undefined, error: undefined });
    return shown(one);
  }

  /** Begins to read its files, to tell what they would change. @throws AppError not_found, conflict, bad_request */
  async preview(id: string): Promise<Addition> {
    const one = await this.#withFiles(id);
    await this.#begin(one, "reading", async (request) => {
      const { build, change } = await this.#context.preview(request);
      await this.#keep(one, { state: "previewed", preview: reportOf(build.counts, build, change) });
    });
    return shown(one);
  }

  /** Begins to ingest its files. @throws AppError not_found, conflict, bad_request */
  async start(id: string): Promise<Addition> {
    const one = await this.#withFiles(id);
    await this.#begin(one, "ingesting", async (request) => {
      let change: CorpusChange = { added: [], updated: [], before: [] };
      const { problems, notes, ...counts } = await this.#context.ingest({
        ...request,
        onChange: (made) => (change = made),
      });
      await this.#forgetOthersUndo(one);
      await this.#keep(one, {
        state: "done",
        report: reportOf(counts, { problems, notes }, change),
        undo: undoOf(change),
        files: one.files.files,
      });
      await one.files.remove();
    });
    return shown(one);
  }

  /** Stops what runs, and removes its files. What was ingested already stays. @throws AppError not_found, conflict */
  async cancel(id: string): Promise<Addition> {
    const one = await this.#find(id);
    this.#require(one, ["open", "reading", "previewed", "ingesting", "failed"], "is over");
    one.busy?.stop.abort(new DOMException("The addition was cancelled.", "AbortError"));
    await one.work;
    // It may have been published in the very moment.
    if (one.kept.state !== "done") {
      await this.#keep(one, { state: "cancelled", error: undefined });
      await one.files.remove();
    }
    return shown(one);
  }

  /** Takes back what it changed. @throws AppError not_found; conflict when it is not the last one that is done */
  async undo(id: string): Promise<Addition> {
    const one = await this.#find(id);
    const { undo } = one.kept;
    if (stateOf(one) !== "done" || undo === undefined) {
      throw new AppError("conflict", "Only the last addition that is done can be taken back");
    }
    await this.#begin(one, "ingesting", async ({ signal, onProgress }) => {
      await this.#context.ingest({ edit: (stored) => takenBack(stored, undo), signal, onProgress });
      await this.#keep(one, { state: "undone", undo: undefined });
    });
    return shown(one);
  }

  /** Waits for what runs, which has been told to stop. */
  async settled(): Promise<void> {
    for (const { work } of this.#all.values()) await work;
  }

  async #withFiles(id: string): Promise<Running> {
    const one = await this.#find(id);
    this.#require(one, ["open", "previewed", "failed"], "has begun");
    if (one.files.files.length === 0)
      throw new AppError("bad_request", "Nothing was added: send a file or a text first");
    return one;
  }

  async #begin(
    one: Running,
    state: AdditionState,
    work: (request: CorpusRequest) => Promise<void>,
  ): Promise<void> {
    const was = one.kept;
    const stop = new AbortController();
    // At once: a second call in this moment is refused.
    one.busy = { state, stop };
    const request = {
      paths: [one.files.folder],
      workingFolder: one.files.folder,
      signal: stop.signal,
      onProgress: this.#watch(one),
    };
    const begun = this.#keep(one, { state, error: undefined });
    one.work = begun
      .then(() => work(request))
      .catch((error: unknown) => this.#keep(one, failureOf(error, was, stop.signal)))
      .catch(() => undefined)
      .finally(() => {
        one.progress = undefined;
        one.busy = undefined;
      });
    await begun;
  }

  #watch(one: Running): (progress: IngestProgress) => void {
    const { clock } = this.#context;
    let stage = "";
    let since = clock();
    return (progress) => {
      if (progress.stage !== stage) since = clock();
      stage = progress.stage;
      const part = progress.total === 0 ? 0 : progress.done / progress.total;
      const leftMs = part < FORESEEABLE ? undefined : Math.round(((clock() - since) * (1 - part)) / part);
      one.progress = withoutUndefined({ ...progress, leftMs });
    };
  }

  #require(one: Running, states: readonly AdditionState[], fact: string): void {
    const state = stateOf(one);
    if (!states.includes(state)) throw new AppError("conflict", `This addition ${fact}: it is ${state}`);
  }

  async #find(id: string): Promise<Running> {
    await this.#recall();
    const one = this.#all.get(id);
    if (one === undefined) throw new AppError("not_found", "There is no such addition");
    return one;
  }

  #running(kept: Kept): Running {
    const { folder, mostBytes } = this.#context;
    const files = new UploadedFiles(path.join(folder, kept.id, FILES_FOLDER), mostBytes);
    return {
      kept,
      writing: pLimit(1),
      files,
      progress: undefined,
      busy: undefined,
      work: Promise.resolve(),
    };
  }

  async #keep(one: Running, change: Partial<Kept>): Promise<void> {
    await one.writing(async () => {
      const kept = withoutUndefined({ ...one.kept, ...change });
      await writeAtomically(path.join(this.#context.folder, kept.id, STATE_FILE), JSON.stringify(kept));
      one.kept = kept;
    });
  }

  /** The next one can be taken back, this one no more: what it changed may have changed again. */
  async #forgetOthersUndo(last: Running): Promise<void> {
    for (const one of this.#all.values()) {
      if (one !== last && one.kept.undo !== undefined) await this.#keep(one, { undo: undefined });
    }
  }

  async #forget(): Promise<void> {
    const over = [...this.#all].filter(([, { kept }]) =>
      /^(?:done|cancelled|undone|failed)$/.test(kept.state),
    );
    for (const [id] of over.slice(0, Math.max(0, this.#all.size - REMEMBERED))) {
      this.#all.delete(id);
      await rm(path.join(this.#context.folder, id), { recursive: true, force: true });
    }
  }

  #recall(): Promise<void> {
    this.#recalled ??= this.#readAll();
    return this.#recalled;
  }

  /** What was running when the process ended can be started again: its files are there. */
  async #readAll(): Promise<void> {
    const names = await readdir(this.#context.folder).catch(() => []);
    const read: Running[] = [];
    for (const name of names) {
      const folder = path.join(this.#context.folder, name);
      const kept = await readFile(path.join(folder, STATE_FILE), "utf8").then(JSON.parse, () => undefined);
      if (kept?.id !== name) {
        await rm(folder, { recursive: true, force: true });
        continue;
      }
      const isCut = kept.state === "reading" || kept.state === "ingesting";
      const one = this.#running(isCut ? { ...kept, state: "failed", error: STOPPED } : kept);
      await one.files.recall();
      read.push(one);
    }
    read.sort((a, b) => (a.kept.createdAt < b.kept.createdAt ? -1 : 1));
    for (const one of read) this.#all.set(one.kept.id, one);
  }
}
