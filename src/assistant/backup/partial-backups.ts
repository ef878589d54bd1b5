/** Backups that are not complete: of a process that makes one now, or of one that was killed. */
import { readdir, rm, rmdir, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { HolderWatch } from "../../store/writer-lock/writer-lock.ts";
import { type SeenLock, WriterLockFolder } from "../../store/writer-lock/writer-lock-folder.ts";

export const PARTIAL = ".partial";
const NAME = /^footnote-backup-[\dTZ-]+\.partial$/;
/** Milliseconds between two looks. */
const POLL_MS = 250;
/** Milliseconds of watching without a sign of life after which one elsewhere counts as dead: copying blocks its heart. */
const STALE_MS = 60_000;

interface Options {
  /** The backup that looks. */
  readonly except?: string | undefined;
  readonly staleMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The partial backups in the folder `into`, of any process. */
export async function partialBackups(into: string): Promise<string[]> {
  const names = await readdir(into).catch(() => []);
  return names.filter((name) => NAME.test(name)).map((name) => path.join(into, name));
}

/** Whether the process that makes it is known to live, or to have ended, without waiting for a sign. */
export async function stateOf(folder: string): Promise<"alive" | "dead" | "unknown"> {
  return new HolderWatch(STALE_MS).judge(await signOf(folder), 0);
}

/**
 * Removes those that were killed. At once those of this machine; the returned work goes on watching the others, until
 * each has shown that it lives or has been silent for long enough.
 */
export async function clearPartialBackups(into: string, options: Options = {}): Promise<() => Promise<void>> {
  const { except, staleMs = STALE_MS } = options;
  const watched = new Map<string, HolderWatch>();
  for (const folder of await partialBackups(into)) {
    if (folder !== except) watched.set(folder, new HolderWatch(staleMs));
  }
  await look(watched);
  return async () => {
    for (; watched.size > 0; await look(watched)) {
      await sleep(POLL_MS, undefined, { signal: options.signal });
    }
  };
}

/** Takes out of `watched` what is decided. */
async function look(watched: Map<string, HolderWatch>): Promise<void> {
  for (const [folder, watch] of watched) {
    // One that was only just begun has nothing in it yet: anyone who makes it makes the folder again.
    const verdict =
      (await rmdir(folder).then(
        () => "dead" as const,
        () => undefined,
      )) ?? (await watch.judge(await signOf(folder), POLL_MS));
    if (verdict === "unknown") continue;
    watched.delete(folder);
    // What cannot be removed, as another user's, doctor names.
    if (verdict === "dead") await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Its lock, if it has one, as backups had none once; and, as a sign of life, also how much is in it and since when. */
async function signOf(folder: string): Promise<SeenLock> {
  const lock = await new WriterLockFolder(folder).look().catch(() => undefined);
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const stats = await Promise.all(names.map((name) => stat(path.join(folder, name)).catch(() => undefined)));
  const beat = stats.reduce((sum, found) => sum + (found?.size ?? 0) + (found?.mtimeMs ?? 0), 0);
  return { file: lock?.file ?? folder, beat, holder: lock?.holder };
}
