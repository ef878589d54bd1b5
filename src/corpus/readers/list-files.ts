import { lstat, readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { NOT_PAPERS } from "../../protocol/limits.ts";
import { fileErrorReason, isInside } from "../../util/files.ts";

/** All paths are absolute. */
export interface FileListing {
  /** In the order given; within a folder by name. Each once. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** The folders given, as far as they could be listed. */
  readonly folders: readonly string[];
  /** What could not be found or listed: nothing is known about what it holds. */
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
}

/** The files that `paths` (absolute) name, folders with all that is below them. @throws the abort alone */
export async function listFiles(paths: readonly string[], signal?: AbortSignal): Promise<FileListing> {
  const lister = new Lister(signal);
  for (const given of paths) await lister.visit(given, true);
  return {
    files: [...lister.files].map(([file, bytes]) => ({ path: file, bytes })),
    folders: lister.folders,
    problems: lister.problems,
  };
}

class Lister {
  readonly files = new Map<string, number>();
  readonly folders: string[] = [];
  readonly problems: { path: string; reason: string }[] = [];
  /** Real paths, against links that run in a circle. */
  readonly #seen = new Set<string>();
  readonly #signal: AbortSignal | undefined;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /** @param root the real path of the folder that was given, for what lies in it */
  async visit(at: string, given: boolean, root?: string): Promise<void> {
    this.#signal?.throwIfAborted();
    try {
      if (root !== undefined && (await lstat(at)).isSymbolicLink() && !isInside(await realpath(at), root)) {
        const reason = "a link out of the folder is not followed: name what it leads to, to have it read";
        this.problems.push({ path: at, reason });
        return;
      }
      const stats = await stat(at);
      if (stats.isDirectory()) await this.#visitFolder(at, given, root);
      else if (stats.isFile()) this.files.set(at, stats.size);
      else this.problems.push({ path: at, reason: "neither a file nor a folder" });
    } catch (error) {
      this.#signal?.throwIfAborted();
      this.problems.push({ path: at, reason: fileErrorReason(error) });
    }
  }

  async #visitFolder(folder: string, given: boolean, root?: string): Promise<void> {
    const real = await realpath(folder);
    if (given) this.folders.push(folder);
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    const names = await readdir(folder);
    for (const name of names.sort()) {
      if (!NOT_PAPERS.test(name)) await this.visit(path.join(folder, name), false, root ?? real);
    }
  }
}
