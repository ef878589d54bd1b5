/** A copy of what cannot be made again: the conversations, and the index with the papers of every file ever ingested. */
import { existsSync, rmSync } from "node:fs";
import { chmod, mkdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { Config } from "../../config.ts";
import { AppError } from "../../errors.ts";
import { copyGeneration } from "../../store/index/copy-generation.ts";
import {
  type ConversationsInspection,
  conversationsFile,
  inspectConversations,
} from "../../store/sqlite/schema.ts";
import { SqliteDatabase } from "../../store/sqlite/sqlite-database.ts";
import { withWriterLock } from "../../store/writer-lock/writer-lock.ts";
import { LOCK_NAME } from "../../store/writer-lock/writer-lock-folder.ts";
import { flushFolder, isInside, writeAtomically, writeFault } from "../../util/files.ts";
import { clearPartialBackups, PARTIAL } from "./partial-backups.ts";

export interface BackupReport {
  /** The new folder: `data` and `vectorstore` in it are laid out as DATA_DIR and VECTORSTORE_DIR are. */
  readonly folder: string;
  /** Absent when nobody has asked anything yet. */
  readonly data?: Pick<ConversationsInspection, "conversations" | "messages">;
  /** Absent when nothing was indexed yet. */
  readonly index?: { readonly papers: number; readonly passages: number; readonly createdAt: string };
}

interface BackupOptions {
  readonly signal?: AbortSignal | undefined;
  readonly now?: () => Date;
  /** As of `clearPartialBackups`. */
  readonly staleMs?: number;
}

/**
 * Makes a new folder `footnote-backup-<UTC time>` below `into`, while others read and write on. It gets its name when
 * everything in it has been read back and found whole; nothing that exists is written over. What backups there left that
 * were killed is removed.
 * @throws AppError bad_request (a place that the next ingest clears), conflict (the folder exists), internal naming the
 * file that is damaged or cannot be written; the signal's reason
 */
export async function backup(
  { folders }: Config,
  into: string,
  { signal, staleMs, now = () => new Date() }: BackupOptions = {},
): Promise<BackupReport> {
  const stamp = now().toISOString().replace(/\.\d+/, "").replaceAll(":", "");
  const folder = path.join(path.resolve(into), `footnote-backup-${stamp}`);
  if (isInside(folder, path.join(folders.vectorstore, "index"))) {
    throw new AppError("bad_request", `${into} is cleared by the next ingest: name another folder`);
  }
  const partial = `${folder}${PARTIAL}`;
  if ([folder, partial].some(existsSync)) {
    throw new AppError("conflict", `${folder} exists already: try again in a second`);
  }
  await mkdir(partial, { recursive: true, mode: 0o700 }).catch((error) => {
    throw named(error, into);
  });
  const parent = path.dirname(folder);
  await rememberBackupPlace(folders.data, parent);
  // Before anything is written: a disk may be full of them.
  const watch = await clearPartialBackups(parent, { except: partial, staleMs, signal });
  try {
    // The lock tells others that this one is being made, and not left by a process that was killed.
    const report = await withWriterLock(partial, async () => {
      await chmod(partial, 0o700);
      const report = await copy(folders, partial, signal);
      await rename(partial, folder);
      await rm(path.join(folder, LOCK_NAME), { recursive: true });
      await flushFolder(parent);
      return { folder, ...report };
    });
    // What may be made elsewhere is watched for a while; this one is complete meanwhile.
    await watch().catch(() => undefined);
    return report;
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined);
    throw named(error, into);
  }
}

/** An error about the disk as one that names the folder. */
function named(error: unknown, folder: string): unknown {
  const fault = writeFault(error);
  return fault === undefined
    ? error
    : new AppError("internal", `The folder ${folder} ${fault}`, { cause: error });
}

async function copy(
  folders: Config["folders"],
  target: string,
  signal: AbortSignal | undefined,
): Promise<Omit<BackupReport, "folder">> {
  const data = copyConversations(folders.data, path.join(target, "data"));
  const manifest = await copyGeneration(folders.vectorstore, path.join(target, "vectorstore"), signal);
  signal?.throwIfAborted();
  if (data === undefined && manifest === undefined) {
    throw new AppError("bad_request", "There is nothing to back up yet: no index and no conversation");
  }
  const { papers = 0, passages = 0, createdAt = "" } = manifest ?? {};
  return { ...(data && { data }), ...(manifest && { index: { papers, passages, createdAt } }) };
}

function copyConversations(from: string, to: string): BackupReport["data"] {
  const file = conversationsFile(from);
  if (!existsSync(file)) return undefined;
  const copy = conversationsFile(to);
  const database = new SqliteDatabase(file);
  try {
    database.copyTo(copy);
  } finally {
    database.close();
  }
  const { conversations, messages } = inspectConversations(copy);
  // Empty after that; a restored copy is one file.
  for (const suffix of ["-wal", "-shm"]) rmSync(`${copy}${suffix}`, { force: true });
  return { conversations, messages };
}

const FILE = "backup-places.json";
/** The last ones are enough. */
const MOST = 10;
const Places = z.array(z.string());

/** Folders that backups were made in, the last first; none when that cannot be read. */
export async function backupPlaces(dataFolder: string): Promise<string[]> {
  const text = await readFile(path.join(dataFolder, FILE), "utf8").catch(() => "[]");
  try {
    return Places.parse(JSON.parse(text));
  } catch {
    return [];
  }
}

/** A backup is no worse where that cannot be written. */
async function rememberBackupPlace(dataFolder: string, into: string): Promise<void> {
  if (!existsSync(dataFolder)) return;
  const places = [...new Set([into, ...(await backupPlaces(dataFolder))])].slice(0, MOST);
  await writeAtomically(path.join(dataFolder, FILE), `${JSON.stringify(places)}\n`).catch(() => undefined);
}
