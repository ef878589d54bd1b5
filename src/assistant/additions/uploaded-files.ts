/** Files that came over the wire, streamed to disk into a folder of their own, until they are ingested. */
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "../../errors.ts";
import { MAX_ADDED_FILES, MAX_FILE_NAME_LENGTH } from "../../protocol.ts";

/** Folders that a file may lie in. */
const DEEPEST = 8;
/** Letters of a folder's or a file's name: what file systems take, in UTF-8. */
const LONGEST_PART = 80;

export interface UploadedFile {
  /** With the folders that it was dropped with, as it is kept. */
  readonly name: string;
  readonly bytes: number;
}

export class UploadedFiles {
  readonly folder: string;
  readonly #mostBytes: number;
  readonly #files = new Map<string, number>();
  #bytes = 0;

  /** @param mostBytes of all its files */
  constructor(folder: string, mostBytes: number) {
    this.folder = folder;
    this.#mostBytes = mostBytes;
  }

  get files(): UploadedFile[] {
    return [...this.#files].map(([name, bytes]) => ({ name, bytes }));
  }

  /** Finds what an earlier process kept. */
  async recall(): Promise<void> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      this.#keep(path.relative(this.folder, file), (await stat(file)).size);
    }
  }

  /**
   * Keeps a file under a name that leads nowhere but below the folder, another where the name is taken.
   * @throws AppError bad_request for a name without letters, too_large past the bounds, before they are written
   */
  async add(name: string, content: Readable | string, signal?: AbortSignal): Promise<UploadedFile> {
    if (this.#files.size >= MAX_ADDED_FILES) {
      throw new AppError(
        "too_large",
        `There are ${MAX_ADDED_FILES} files already: add the others in a second step`,
      );
    }
    const kept = this.#free(safeName(name));
    // Its place is taken while it comes in.
    this.#files.set(kept, 0);
    const file = path.join(this.folder, kept);
    let bytes = 0;
    const count = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        bytes += chunk.length;
        this.#bytes += chunk.length;
        done(this.#bytes > this.#mostBytes ? this.#tooLarge() : null, chunk);
      },
    });
    try {
      await mkdir(path.dirname(file), { recursive: true });
      const source = typeof content === "string" ? Readable.from([Buffer.from(content)]) : content;
      await pipeline(source, count, createWriteStream(file), { signal });
      this.#files.set(kept, bytes);
      return { name: kept, bytes };
    } catch (error) {
      this.#files.delete(kept);
      this.#bytes -= bytes;
      await rm(file, { force: true });
      throw error;
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    this.#files.clear();
    this.#bytes = 0;
  }

  #keep(name: string, bytes: number): void {
    this.#files.set(name, bytes);
    this.#bytes += bytes;
  }

  #free(name: string): string {
    const { dir, name: stem, ext } = path.parse(name);
    let free = name;
    for (let number = 2; this.#files.has(free); number++) free = path.join(dir, `${stem} (${number})${ext}`);
    return free;
  }

  #tooLarge(): AppError {
    const most = Math.floor(this.#mostBytes / 1024 / 1024);
    return new AppError(
      "too_large",
      `The files are larger than ${most} MB together: add them in several steps, or raise INGEST_UPLOAD_MB`,
    );
  }
}

/** Neither leads out of its folder nor holds what a file system or a terminal would take for more than a name. */
function safeName(given: string): string {
  const parts = given
    .slice(0, MAX_FILE_NAME_LENGTH)
    .normalize("NFC")
    .split(/[\\/]/)
    .map((part) => part.replace(/[\p{C}<>:"|?*]/gu, "").replace(/^[\s.]+|[\s.]+$/gu, ""))
    .filter((part) => part !== "")
    .slice(-DEEPEST)
    .map(shortened);
  if (parts.length === 0) {
    throw new AppError(
      "bad_request",
      `"${given.slice(0, 40)}" is no name of a file: name it with letters or digits`,
      {
        field: "name",
      },
    );
  }
  return path.join(...parts);
}

function shortened(part: string): string {
  const { name, ext } = path.parse(part);
  return name.slice(0, LONGEST_PART) + ext.slice(0, LONGEST_PART);
}
