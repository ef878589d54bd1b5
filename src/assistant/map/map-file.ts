/** The drawn map as a file beside its generation. */
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { z } from "zod";
import type { DrawnMap } from "./draw-map.ts";

/** Raised when papers are placed, grouped or named otherwise: files of another version are not read. */
const VERSION = 1;
export const MAP_FILE = "map.json.gz";

const Content = z.object({
  version: z.literal(VERSION),
  places: z.array(z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)])),
  groups: z.array(z.int().min(0)),
  terms: z.array(z.array(z.string())),
});

/** Compressed, which also gives it a checksum. */
export function packMap({ places, groups, terms }: DrawnMap): Promise<Buffer> {
  return promisify(gzip)(JSON.stringify({ version: VERSION, places, groups, terms }));
}

/** @returns undefined unless it is whole, of this version and of as many papers */
export async function unpackMap(file: Buffer, papers: number): Promise<DrawnMap | undefined> {
  try {
    const map = Content.parse(JSON.parse((await promisify(gunzip)(file)).toString()));
    const fits = map.places.length === papers && map.groups.length === papers;
    return fits && map.groups.every((group) => group < map.terms.length) ? map : undefined;
  } catch {
    return undefined;
  }
}
