/** The generations below VECTORSTORE_DIR: each a folder written once, one of them live, the manifest the switch. */
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { PaperCatalog } from "../corpus/catalog.ts";
import type { StoredPaper } from "../corpus/paper.ts";
import { flushFolder } from "../util/write-atomically.ts";
import { checkFile, digestFile } from "./file-digest.ts";
import { type Manifest, readManifest, writeManifest } from "./manifest.ts";
import { hashCorpus, readPapers, writePapers } from "./papers-file.ts";
import type { VectorItem, VectorStorage, VectorStore } from "./vector-store.ts";

const PAPERS_FILE = "papers.jsonl";

/** One complete index, in memory. */
export interface Generation {
  readonly manifest: Manifest;
  readonly catalog: PaperCatalog;
  readonly vectors: VectorStore;
}

export interface NewGeneration {
  readonly papers: readonly StoredPaper[];
  readonly items: readonly VectorItem[];
  /** `vectors[i]` belongs to `items[i]`. */
  readonly vectors: readonly Float32Array[];
  readonly embedding: Manifest["embedding"];
  readonly chunkerVersion: string;
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

  /** @throws AppError (internal) when there is a manifest, but a broken one. */
  manifest(): Promise<Manifest | undefined> {
    return readManifest(this.#root);
  }

  /** @throws AppError (internal) naming the file that is missing, damaged or unreadable. */
  async load(manifest: Manifest): Promise<Generation> {
    const folder = this.#folder(manifest.generation);
    for (const [name, expected] of Object.entries(manifest.files))
      await checkFile(path.join(folder, name), expected);
    const papers = await readPapers(path.join(folder, PAPERS_FILE));
    const vectors = await this.#storage.load(folder, manifest.embedding.dimension);
    return { manifest, catalog: new PaperCatalog(papers), vectors };
  }

  /** The papers of a generation alone, for a rebuild of an index whose vectors no longer fit. */
  async loadPapers(manifest: Manifest): Promise<StoredPaper[]> {
    return readPapers(path.join(this.#folder(manifest.generation), PAPERS_FILE));
  }

  /** Writes a generation beside the live one, makes it live, then removes the others. A crash leaves one of the two live. */
  async publish(draft: NewGeneration): Promise<Manifest> {
    const createdAt = this.#now().toISOString();
    const generation = `${createdAt.replace(/\D/g, "")}-${process.pid}`;
    const partial = `${this.#folder(generation)}.partial`;
    await mkdir(partial, { recursive: true });
    try {
      await writePapers(path.join(partial, PAPERS_FILE), draft.papers);
      const names = [PAPERS_FILE, ...(await this.#storage.write(partial, draft.items, draft.vectors))];
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
        corpusHash: hashCorpus(draft.papers),
        papers: draft.papers.length,
        passages: draft.items.filter((item) => item.kind === "passage").length,
        files,
      };
      await writeManifest(this.#root, manifest);
      await this.#removeOthers(generation);
      return manifest;
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
  }

  async #removeOthers(live: string): Promise<void> {
    const folder = path.join(this.#root, "index");
    for (const name of await readdir(folder)) {
      if (name !== live && !name.endsWith(".partial"))
        await rm(path.join(folder, name), { recursive: true, force: true });
    }
  }

  #folder(generation: string): string {
    return path.join(this.#root, "index", generation);
  }
}
