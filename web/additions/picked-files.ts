/** Files as they are dropped or chosen, those of folders with their paths. */
import { MAX_ADDED_FILES, NOT_PAPERS } from "../../src/protocol/limits.ts";

/** Files and folders looked at in what is dropped: a disk that is dropped by mistake ends somewhere. */
const MOST_ENTRIES = 10 * MAX_ADDED_FILES;

export interface PickedFile {
  /** With the folders that it lies in. */
  readonly name: string;
  readonly file: Blob;
}

export interface Picked {
  readonly files: PickedFile[];
  /** Names of what holds no papers. */
  readonly leftOut: string[];
  /** What could not be had of them. */
  readonly unread: { readonly name: string; readonly reason: string }[];
}

const nothing = (): Picked => ({ files: [], leftOut: [], unread: [] });

export function chosen(files: Iterable<File>): Picked {
  const picked = nothing();
  for (const file of files) keep(picked, file.webkitRelativePath || file.name, file);
  return picked;
}

export function pasted(text: string): Picked {
  return { ...nothing(), files: [{ name: "pasted.txt", file: new Blob([text]) }] };
}

/** To be called while the event is handled: a moment later the browser has forgotten what was dropped. */
export function dropped({ items }: DataTransfer): Promise<Picked> {
  const entries = [...items]
    .filter(({ kind }) => kind === "file")
    .map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  return readEntries(entries);
}

async function readEntries(entries: readonly (FileSystemEntry | File | null)[]): Promise<Picked> {
  const picked = nothing();
  const left = { entries: MOST_ENTRIES };
  for (const entry of entries) {
    if (entry instanceof File) keep(picked, entry.name, entry);
    else if (entry !== null) await walk(entry, picked, left);
  }
  return picked;
}

async function walk(entry: FileSystemEntry, picked: Picked, left: { entries: number }): Promise<void> {
  const name = entry.fullPath.replace(/^\//, "");
  if (left.entries-- <= 0) {
    if (left.entries === -1)
      picked.unread.push({ name, reason: "There is too much in it: drop a part of it." });
    return;
  }
  if (NOT_PAPERS.test(entry.name)) {
    picked.leftOut.push(name);
    return;
  }
  try {
    if (isFile(entry)) keep(picked, name, await fileOf(entry));
    else for (const inside of await inFolder(entry)) await walk(inside, picked, left);
  } catch {
    picked.unread.push({ name, reason: "It cannot be read." });
  }
}

function keep(picked: Picked, name: string, file: File): void {
  if (name.split("/").some((part) => NOT_PAPERS.test(part))) picked.leftOut.push(name);
  else picked.files.push({ name, file });
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

/** A reader gives some at a time, and none at the end. */
async function inFolder(folder: FileSystemEntry): Promise<FileSystemEntry[]> {
  const reader = (folder as FileSystemDirectoryEntry).createReader();
  const all: FileSystemEntry[] = [];
  while (all.length < MOST_ENTRIES) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) break;
    all.push(...some);
  }
  return all;
}
