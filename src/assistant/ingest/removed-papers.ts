/** Papers that were removed by hand: an ingest of SEEDS_DIR, where their file may still hold them, does not bring them back. */
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { StoredPaper } from "../../corpus/paper.ts";
import { AppError } from "../../errors.ts";
import { writeAtomically } from "../../util/files.ts";

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
