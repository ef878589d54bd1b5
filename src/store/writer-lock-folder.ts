/**
 * The lock on disk: the folder `writer.lock` with one file in it, whose name is the holder's random token. The token
 * in the name makes every step safe against others: a folder with a holder in it cannot be replaced, an empty one
 * can; removing a holder names it, so that of two who remove a dead one neither can hit the next.
 */
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { randomId } from "../util/random-id.ts";
import { Holder } from "./writer-lock-holder.ts";

export const LOCK_NAME = "writer.lock";
/** What rename says of a folder with a holder in it; ENOENT: another process has tidied ours away. */
const NOT_TAKEN = new Set([
  "ENOTEMPTY",
  "EEXIST",
  "ENOENT",
  ...(process.platform === "win32" ? ["EPERM"] : []),
]);

/** A lock that was seen: its file, the file's time as a heartbeat, and who holds it, where that can be read. */
export interface SeenLock {
  readonly file: string;
  readonly beat: number;
  readonly holder: Holder | undefined;
}

export class WriterLockFolder {
  readonly #root: string;
  readonly #folder: string;

  constructor(root: string) {
    this.#root = root;
    this.#folder = path.join(root, LOCK_NAME);
  }

  /** Takes the lock in one step. @returns the lock's file, or undefined when somebody holds it */
  async take(holder: Holder): Promise<string | undefined> {
    const token = randomId();
    const prepared = `${this.#folder}.${token}`;
    await mkdir(this.#root, { recursive: true });
    try {
      await mkdir(prepared);
      await writeFile(path.join(prepared, token), `${JSON.stringify(holder)}\n`);
      // POSIX replaces an empty folder by itself, Windows does not.
      await rmdir(this.#folder).catch(() => undefined);
      await rename(prepared, this.#folder);
    } catch (error) {
      await rm(prepared, { recursive: true, force: true });
      if (NOT_TAKEN.has(String((error as NodeJS.ErrnoException).code))) return undefined;
      throw error;
    }
    await this.#tidy();
    return path.join(this.#folder, token);
  }

  /** The lock that is held, or undefined when none is. */
  async look(): Promise<SeenLock | undefined> {
    try {
      const [token] = await readdir(this.#folder);
      if (token === undefined) return undefined;
      const file = path.join(this.#folder, token);
      const { mtimeMs } = await stat(file);
      return { file, beat: mtimeMs, holder: parseHolder(await readFile(file, "utf8")) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }

  /** Shows that the holder lives. @returns false when the lock is not there any more */
  async touch(file: string, now: Date): Promise<boolean> {
    try {
      await utimes(file, now, now);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
      throw error;
    }
  }

  /** Removes this lock and no other; that it is gone already is as well. */
  async remove(file: string): Promise<void> {
    await rm(file, { force: true });
    // Not empty: the next holder is in it. Not there: another remover was first.
    await rmdir(this.#folder).catch(() => undefined);
  }

  /** Folders of processes that were killed before they could take the lock; one still at it makes its own again. */
  async #tidy(): Promise<void> {
    const left = (await readdir(this.#root)).filter((name) => name.startsWith(`${LOCK_NAME}.`));
    for (const name of left) await rm(path.join(this.#root, name), { recursive: true, force: true });
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
