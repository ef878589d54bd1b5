/**
 * The lock on disk: the folder `writer.lock` with one file in it, whose name is the holder's random token. The token
 * in the name makes every step safe against others: a folder with a holder in it cannot be replaced, an empty one
 * can; removing a holder names it, so that of two who remove a dead one neither can hit the next.
 */
import {
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  rmdir,
  stat,
  utimes,
  writeFile,
} from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { z } from "zod";
import { randomId } from "../../util/strings.ts";

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

/** Who holds the lock, as its file says. */
export const Holder = z.object({
  host: z.string(),
  pid: z.int(),
  /** ISO date, for people: nothing is decided by it. */
  since: z.string(),
  /** Where `pid` and `started` name one process; absent where that cannot be told. */
  space: z.string().optional(),
  /** Clock ticks from boot to the start of the process, so that a pid that is used again is not taken for it. */
  started: z.string().optional(),
});
export type Holder = z.infer<typeof Holder>;

/** This process, as a holder from `now` on. */
export async function thisProcess(now: Date): Promise<Holder> {
  const [space, stat] = await Promise.all([processSpace(), processStat("self")]);
  return {
    host: hostname(),
    pid: process.pid,
    since: now.toISOString(),
    ...(space === undefined ? {} : { space }),
    ...(stat === undefined ? {} : { started: stat.started }),
  };
}

/** `unknown`: on another machine, in another container, or on a system that does not tell. */
export async function lifeOf(holder: Holder): Promise<"alive" | "dead" | "unknown"> {
  if (holder.space === undefined || holder.space !== (await processSpace())) return "unknown";
  if (!hasProcess(holder.pid)) return "dead";
  const stat = await processStat(holder.pid);
  if (stat === undefined || holder.started === undefined) return "unknown";
  return stat.ended || stat.started !== holder.started ? "dead" : "alive";
}

function hasProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and another user's.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/**
 * On Linux one boot of one kernel and one pid namespace: two containers may share a host name, and every first
 * process of a container has pid 1. Elsewhere the host name. Undefined when /proc shows the pids of another namespace.
 */
async function processSpace(): Promise<string | undefined> {
  if (process.platform !== "linux") return hostname();
  try {
    const [boot, namespace, self] = await Promise.all([
      readFile("/proc/sys/kernel/random/boot_id", "utf8"),
      readlink("/proc/self/ns/pid"),
      readlink("/proc/self"),
    ]);
    return Number(self) === process.pid ? `${boot.trim()} ${namespace}` : undefined;
  } catch {
    return undefined;
  }
}

/** From /proc/<pid>/stat, proc(5): fields 3 (state) and 22 (start time). Undefined where it cannot be read. */
async function processStat(pid: number | "self"): Promise<{ ended: boolean; started: string } | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, "utf8");
    // Field 2, the command in brackets, may hold spaces and brackets itself.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [state = "", started = ""] = [fields[0], fields[19]];
    // Z and X: killed, and only waiting for its parent to notice.
    return started === "" ? undefined : { ended: /[ZX]/.test(state), started };
  } catch {
    return undefined;
  }
}
