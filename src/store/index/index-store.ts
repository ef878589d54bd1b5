/** The generations below VECTORSTORE_DIR: each a folder written once, one of them live, the manifest the switch. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { PaperCatalog } from "../../corpus/catalog.ts";
import type { StoredPaper } from "../../corpus/paper.ts";
import { flushFolder, writeAtomically } from "../../util/files.ts";
import { randomId } from "../../util/strings.ts";
import { indexReadError, indexWriteError, isMissing } from "../index-errors.ts";
import type { VectorItem, VectorStorage, VectorStore } from "../vectors/vector-store.ts";
import { checkFile, digestFile, type Manifest, readManifest, writeManifest } from "./manifest.ts";
import { hashCorpus, readPapers, salvagePapers, writePapers } from "./papers-file.ts";

const PAPERS_FILE = "papers.jsonl";
const PARTIAL = ".partial";
/** Another process may be writing a derived file into a generation that is being removed: then once more. */
const REMOVAL = { recursive: true, force: true, maxRetries: 3 };

/** One complete index, in memory. */
export interface Generation {
  readonly manifest: Manifest;
  readonly catalog: PaperCatalog;
  readonly vectors: VectorStore;
  /** A file that the generation was published with; undefined for one of a name that it does not have. */
  readonly readFile: (name: string) => Promise<Buffer | undefined>;
  readonly derived: DerivedFiles;
}

/** Files that are made from a generation after it was published, and can be made again: unchecked, removed with it. */
export interface DerivedFiles {
  /** Undefined when there is none, or none that can be read. */
  read(name: string): Promise<Buffer | undefined>;
  /** Does nothing when the generation has been removed. @throws AppError (internal) when the disk takes nothing */
  write(name: string, content: Uint8Array): Promise<void>;
}

export interface NewGeneration {
  readonly papers: readonly StoredPaper[];
  readonly items: readonly VectorItem[];
  /** `vectors[i]` belongs to `items[i]`. */
  readonly vectors: readonly Float32Array[];
  readonly embedding: Manifest["embedding"];
  readonly chunkerVersion: string;
  /** Files that others keep with the generation, by name: opaque here, checked and removed with it. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

export class IndexStore {
  readonly #root: string;
  readonly #storage: VectorStorage;
  readonly #now: () => Date;

  constructor(root: string, storage: VectorStorage, now: () => Date = () => new Date()) {
    this.#root = root;
    this.#storage = storage;
    this.#now = now;
  }

  /** Items that a generation holds at most. */
  get folder(): string {
    return this.#root;
  }

  get capacity(): number {
    return this.#storage.capacity;
  }

  /** @throws DamagedIndexError when there is a manifest, but a broken one. */
  manifest(): Promise<Manifest | undefined> {
    return readManifest(this.#root);
  }

  /** @throws DamagedIndexError naming the file that is missing, damaged or unreadable. */
  async load(manifest: Manifest): Promise<Generation> {
    const folder = this.#folder(manifest.generation);
    for (const [name, expected] of Object.entries(manifest.files))
      await checkFile(path.join(folder, name), expected);
    const papers = await readPapers(path.join(folder, PAPERS_FILE));
    const vectors = await this.#storage.load(folder, manifest.embedding.dimension);
    const fileOf = async (name: string) =>
      name in manifest.files ? readFile(path.join(folder, name)) : undefined;
    const catalog = new PaperCatalog(papers);
    return { manifest, catalog, vectors, readFile: fileOf, derived: this.#derivedFiles(folder) };
  }

  /** The papers alone, which are read in a quarter of the time. @throws DamagedIndexError */
  async loadPapers({ generation, files }: Manifest): Promise<StoredPaper[]> {
    const file = path.join(this.#folder(generation), PAPERS_FILE);
    const expected = files[PAPERS_FILE];
    if (expected !== undefined) await checkFile(file, expected);
    return readPapers(file);
  }

  /**
   * The papers of the newest generation that are still what they were, however damaged the rest is: for a rebuild.
   * `lost` counts those that are not. @throws AppError (internal) when they may not be read
   */
  async salvage(): Promise<{ papers: StoredPaper[]; lost: number }> {
    const live = await this.manifest().catch(() => undefined);
    const newest =
      live?.generation ??
      (await this.#generations())
        .filter((name) => !isPartial(name))
        .sort()
        .at(-1);
    if (newest === undefined) return { papers: [], lost: 0 };
    const file = path.join(this.#folder(newest), PAPERS_FILE);
    return salvagePapers(file).catch((error) => {
      if (!isMissing(error)) throw indexReadError(file, error);
      return { papers: [], lost: live?.papers ?? 0 };
    });
  }

  /**
   * Writes a generation beside the live one, makes it live, then removes the others, and what a killed writer has left.
   * A crash leaves one of the two live. To be called by one writer at a time (writer-lock.ts).
   * @param confirm called right before the new one goes live: throws to keep the old one
   */
  async publish(
    draft: NewGeneration,
    confirm: () => Promise<void> = async () => undefined,
  ): Promise<Manifest> {
    const createdAt = this.#now().toISOString();
    // Its own even when the clock is put back to the same instant, and in a container, where every pid is 1.
    const generation = `${createdAt.replace(/\D/g, "")}-${randomId()}`;
    const partial = `${this.#folder(generation)}${PARTIAL}`;
    await mkdir(partial, { recursive: true });
    try {
      await writePapers(path.join(partial, PAPERS_FILE), draft.papers);
      const names = [PAPERS_FILE, ...(await this.#storage.write(partial, draft.items, draft.vectors))];
      for (const [name, content] of Object.entries(draft.files)) {
        await writeFile(path.join(partial, name), content, { flush: true });
        names.push(name);
      }
      const files: Manifest["files"] = {};
      for (const name of names) files[name] = await digestFile(path.join(partial, name));
      await flushFolder(partial);
      await rename(partial, this.#folder(generation));
      await flushFolder(path.join(this.#root, "index"));
      const manifest: Manifest = {
        formatVersion: 1,
        generation,
        createdAt,
        embedding: draft.embedding,
        chunkerVersion: draft.chunkerVersion,
        corpusHash: await hashCorpus(draft.papers),
        papers: draft.papers.length,
        passages: draft.items.filter((item) => item.kind === "passage").length,
        files,
      };
      await confirm();
      await writeManifest(this.#root, manifest);
      await this.#removeOthers(generation);
      return manifest;
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      // The swap itself may have happened before what failed: then the new generation is the one that answers.
      const live = await this.manifest().catch(() => undefined);
      if (live?.generation !== generation)
        await rm(this.#folder(generation), { recursive: true, force: true });
      throw indexWriteError(error, this.#root);
    }
  }

  #derivedFiles(folder: string): DerivedFiles {
    return {
      read: (name) => readFile(path.join(folder, name)).catch(() => undefined),
      write: (name, content) =>
        writeAtomically(path.join(folder, name), content).catch((error) => {
          if (!isMissing(error)) throw indexWriteError(error, this.#root);
        }),
    };
  }

  async #removeOthers(live: string): Promise<void> {
    for (const name of await this.#generations()) {
      if (name !== live) await rm(this.#folder(name), REMOVAL);
    }
  }

  async #generations(): Promise<string[]> {
    return readdir(path.join(this.#root, "index")).catch(() => []);
  }

  #folder(generation: string): string {
    return path.join(this.#root, "index", generation);
  }
}

/** A generation that is still being written, or was when its writer was killed. */
function isPartial(name: string): boolean {
  return name.endsWith(PARTIAL);
}
