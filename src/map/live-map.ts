/** The map of the live index: read from beside its generation, or drawn in the background and kept there. */
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { z } from "zod";
import { AppError } from "../errors.ts";
import type { MapGroup, MapResponse, Paper } from "../protocol.ts";
import type { Generation } from "../store/index/index-store.ts";
import type { DrawnMap, MapRequest } from "./draw-map.ts";

/** Seconds after which to ask again for a map that is being drawn. */
const RETRY_AFTER = 1;

interface Options {
  readonly draw: (request: MapRequest, signal: AbortSignal) => Promise<DrawnMap>;
  /** Ends the drawing. */
  readonly signal: AbortSignal;
  /** Called with what goes wrong where nobody waits. */
  readonly report: (error: unknown) => void;
}

export class LiveMap {
  readonly #options: Options;
  #map: MapResponse | undefined;
  /** Name of the generation that `#map` is of. */
  #drawn: string | undefined;
  /** Name of the one that it is of, or will be. */
  #generation: string | undefined;
  #stop = new AbortController();
  #work: Promise<void> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * The map of this generation; while that is being drawn, the one before it.
   * @throws AppError (indexing) while there is none at all
   */
  of(generation: Generation): MapResponse {
    this.prepare(generation);
    const isOld = this.#drawn !== generation.manifest.generation;
    if (this.#map !== undefined) return isOld ? { ...this.#map, drawing: true } : this.#map;
    throw new AppError("indexing", "The map of the papers is still being drawn. Try again in a moment.", {
      retryAfter: RETRY_AFTER,
    });
  }

  /** Sees to it that there will be a map of this generation, and of no other that is not drawn yet. */
  prepare(generation: Generation): void {
    const { generation: name } = generation.manifest;
    if (name === this.#generation) return;
    this.#generation = name;
    this.#stop.abort();
    this.#stop = new AbortController();
    const signal = AbortSignal.any([this.#options.signal, this.#stop.signal]);
    this.#work = this.#make(generation, signal).catch((error: unknown) => {
      if (signal.aborted) return;
      // Anyone who asks next has it tried again.
      this.#generation = undefined;
      this.#options.report(error);
    });
  }

  /** Waits for what runs in the background. */
  settled(): Promise<void> {
    return this.#work;
  }

  async #make(generation: Generation, signal: AbortSignal): Promise<void> {
    const papers = generation.catalog.all();
    const file = await generation.derived.read(MAP_FILE);
    const stored = file && (await unpackMap(file, papers.length));
    const drawn = stored ?? (await this.#options.draw(await mapRequest(generation), signal));
    signal.throwIfAborted();
    this.#map = paperMap(papers, drawn);
    this.#drawn = generation.manifest.generation;
    if (stored !== undefined) return;
    const packed = await packMap(drawn);
    await generation.derived.write(MAP_FILE, packed).catch(this.#options.report);
  }
}

/** Raised when papers are placed, grouped or named otherwise: files of another version are not read. */
const VERSION = 1;
const MAP_FILE = "map.json.gz";

const Content = z.object({
  version: z.literal(VERSION),
  places: z.array(z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)])),
  groups: z.array(z.int().min(0)),
  terms: z.array(z.array(z.string())),
});

/** Compressed, which also gives it a checksum. */
function packMap({ places, groups, terms }: DrawnMap): Promise<Buffer> {
  return promisify(gzip)(JSON.stringify({ version: VERSION, places, groups, terms }));
}

/** @returns undefined unless it is whole, of this version and of as many papers */
async function unpackMap(file: Buffer, papers: number): Promise<DrawnMap | undefined> {
  try {
    const map = Content.parse(JSON.parse((await promisify(gunzip)(file)).toString()));
    const fits = map.places.length === papers && map.groups.length === papers;
    return fits && map.groups.every((group) => group < map.terms.length) ? map : undefined;
  } catch {
    return undefined;
  }
}

/** What the map of a generation is drawn from: the vectors of whole papers, in corpus order. */
async function mapRequest({ catalog, vectors }: Generation): Promise<MapRequest> {
  const papers = catalog.all();
  const columns = vectors.dimension;
  const values = new Float32Array(papers.length * columns);
  const wholes = await vectors.wholes(papers.map(({ id }) => id));
  for (const [position, { id }] of papers.entries()) values.set(wholes.get(id) ?? [], position * columns);
  return { vectors: { rows: papers.length, columns, values }, titles: papers.map(({ title }) => title) };
}

/** The map as clients get it. */
function paperMap(papers: readonly Paper[], { places, groups, terms }: DrawnMap): MapResponse {
  const sums = terms.map(() => ({ x: 0, y: 0, papers: 0 }));
  const dots = papers.map(({ id, title, year }, at): MapResponse["papers"][number] => {
    const [x = 0, y = 0] = places[at] ?? [];
    const group = groups[at] ?? 0;
    const sum = sums[group];
    if (sum !== undefined) {
      sum.x += x;
      sum.y += y;
      sum.papers += 1;
    }
    return [id, x, y, group, title, year ?? null];
  });
  const middles = sums.map(
    ({ x, y, papers: count }, group): MapGroup => ({
      terms: [...(terms[group] ?? [])],
      x: x / count,
      y: y / count,
      papers: count,
    }),
  );
  return { papers: dots, groups: middles };
}
