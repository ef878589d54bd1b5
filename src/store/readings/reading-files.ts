/**
 * ReadingStore in files below VECTORSTORE_DIR/readings: a folder for each reader, in it segments that are written once.
 * A segment is a line of JSON, [[revision, bytes, vector], …], then the readings one behind the other; the vector, in
 * base64, stands in front so that those of all papers are had from the heads. Any process may add a segment at any time;
 * what two of them add twice is harmless, and what is cut, gone or of an older form counts as missing.
 */
import { mkdir, open, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { writeAtomically } from "../../util/files.ts";
import { randomId } from "../../util/strings.ts";
import { indexWriteError } from "../index-errors.ts";
import type { ReadingStore, StoredReading } from "./reading-store.ts";

const FOLDER = "readings";
const ENDING = ".seg";
/** Bytes of the line of JSON at most: a segment of 256 readings has 100 kB. */
const LONGEST_HEAD = 1024 * 1024;
/** Share of a segment's readings that must be of papers that are here, or it goes, and the rest are made again. */
const LEAST_LIVE = 0.5;

interface Place {
  readonly segment: string;
  readonly start: number;
  readonly bytes: number;
  readonly vector: Int8Array;
}

export class ReadingFiles implements ReadingStore {
  readonly #root: string;
  readonly #folder: string;
  readonly #places = new Map<string, Place>();
  readonly #segments = new Map<string, readonly string[]>();

  /** @param fingerprint of the reader */
  constructor(vectorstore: string, fingerprint: string) {
    this.#root = path.join(vectorstore, FOLDER);
    this.#folder = path.join(this.#root, fingerprint);
  }

  async get(revisions: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    if (revisions.some((revision) => !this.#places.has(revision))) await this.#look();
    const found = new Map<string, Uint8Array>();
    const bySegment = new Map<string, string[]>();
    for (const revision of revisions) {
      const segment = this.#places.get(revision)?.segment;
      if (segment !== undefined) bySegment.set(segment, [...(bySegment.get(segment) ?? []), revision]);
    }
    for (const [segment, wanted] of bySegment) {
      const read = await this.#readAll(segment, wanted).catch(() => {
        this.#forget(segment);
        return [];
      });
      for (const [revision, reading] of read) found.set(revision, reading);
    }
    return found;
  }

  async vectors(revisions: readonly string[]): Promise<ReadonlyMap<string, Int8Array>> {
    if (revisions.some((revision) => !this.#places.has(revision))) await this.#look();
    const found = new Map<string, Int8Array>();
    for (const revision of revisions) {
      const place = this.#places.get(revision);
      if (place !== undefined) found.set(revision, place.vector);
    }
    return found;
  }

  async missing(revisions: readonly string[]): Promise<readonly string[]> {
    await this.#look();
    return revisions.filter((revision) => !this.#places.has(revision));
  }

  async add(readings: ReadonlyMap<string, StoredReading>): Promise<void> {
    if (readings.size === 0) return;
    const entries = [...readings];
    const named = entries.map(([revision, { reading, vector }]) => [
      revision,
      reading.byteLength,
      Buffer.from(vector).toString("base64"),
    ]);
    const head = `${JSON.stringify(named)}\n`;
    const segment = `${randomId()}${ENDING}`;
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeAtomically(
        path.join(this.#folder, segment),
        Buffer.concat([Buffer.from(head), ...entries.map(([, { reading }]) => reading)]),
      );
    } catch (error) {
      throw indexWriteError(error, this.#root);
    }
    this.#enter(segment, head);
  }

  async keepOnly(revisions: readonly string[]): Promise<void> {
    await this.#look();
    const live = new Set(revisions);
    for (const [segment, own] of this.#segments) {
      // One that repeats what another has is not the place of its readings.
      const count = own.filter((one) => live.has(one) && this.#places.get(one)?.segment === segment).length;
      if (count > 0 && count >= LEAST_LIVE * own.length) continue;
      await rm(path.join(this.#folder, segment), { force: true });
      this.#forget(segment);
    }
    const here = path.basename(this.#folder);
    for (const name of await readdir(this.#root).catch(() => []))
      if (name !== here) await rm(path.join(this.#root, name), { recursive: true, force: true });
  }

  /** Takes in segments that were written since, by this process or another. */
  async #look(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const segment of names) {
      if (!segment.endsWith(ENDING) || this.#segments.has(segment)) continue;
      const head = await readHead(path.join(this.#folder, segment)).catch(() => undefined);
      // One that cannot be read is no place of anything, and goes with the next clearing.
      if (head === undefined || !this.#enter(segment, head)) this.#segments.set(segment, []);
    }
  }

  /** Whether the head is one. */
  #enter(segment: string, head: string): boolean {
    const entries = entriesOf(head);
    if (entries === undefined) return false;
    let start = Buffer.byteLength(head);
    for (const [revision, bytes, vector] of entries) {
      if (!this.#places.has(revision))
        this.#places.set(revision, { segment, start, bytes, vector: bytesOf(vector) });
      start += bytes;
    }
    this.#segments.set(
      segment,
      entries.map(([revision]) => revision),
    );
    return true;
  }

  #forget(segment: string): void {
    for (const revision of this.#segments.get(segment) ?? [])
      if (this.#places.get(revision)?.segment === segment) this.#places.delete(revision);
    this.#segments.delete(segment);
  }

  async #readAll(segment: string, revisions: readonly string[]): Promise<[string, Uint8Array][]> {
    const file = await open(path.join(this.#folder, segment));
    try {
      const read: [string, Uint8Array][] = [];
      for (const revision of revisions) {
        const { start, bytes } = this.#places.get(revision) as Place;
        const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, start);
        if (bytesRead < bytes) throw new RangeError(`${segment} ends too early`);
        read.push([revision, buffer]);
      }
      return read;
    } finally {
      await file.close();
    }
  }
}

async function readHead(file: string): Promise<string | undefined> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST_HEAD), 0, LONGEST_HEAD, 0);
    const end = buffer.subarray(0, bytesRead).indexOf("\n");
    return end < 0 ? undefined : buffer.subarray(0, end + 1).toString();
  } finally {
    await handle.close();
  }
}

type Entry = [revision: string, bytes: number, vector: string];

function entriesOf(head: string): Entry[] | undefined {
  try {
    const entries: unknown = JSON.parse(head);
    const isEntry = (entry: unknown): entry is Entry =>
      Array.isArray(entry) &&
      typeof entry[0] === "string" &&
      Number.isSafeInteger(entry[1]) &&
      entry[1] >= 0 &&
      typeof entry[2] === "string";
    return Array.isArray(entries) && entries.every(isEntry) ? entries : undefined;
  } catch {
    return undefined;
  }
}

function bytesOf(base64: string): Int8Array {
  return Int8Array.from(Buffer.from(base64, "base64"));
}
