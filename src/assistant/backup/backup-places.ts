/** Where backups were made, so that doctor can look there: a file in DATA_DIR. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { writeAtomically } from "../../util/files.ts";

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
export async function rememberBackupPlace(dataFolder: string, into: string): Promise<void> {
  if (!existsSync(dataFolder)) return;
  const places = [...new Set([into, ...(await backupPlaces(dataFolder))])].slice(0, MOST);
  await writeAtomically(path.join(dataFolder, FILE), `${JSON.stringify(places)}\n`).catch(() => undefined);
}
