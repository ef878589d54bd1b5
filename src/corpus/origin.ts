/**
 * An origin names the file that holds a paper, for as long as the file stays where it is: "seeds:<path below SEEDS_DIR>",
 * which outlives a move of the whole installation, or "file:<absolute path>".
 */
import path from "node:path";
import { isInside } from "../util/files.ts";

const SEEDS = "seeds:";
const FILE = "file:";

export function originOfFile(file: string, seedsDir: string): string {
  if (!isInside(file, seedsDir)) return FILE + file;
  return SEEDS + path.relative(seedsDir, file).split(path.sep).join("/");
}

/** The absolute path that an origin stands for, with the seeds in `seedsDir`. */
export function fileOfOrigin(origin: string, seedsDir: string): string {
  return origin.startsWith(SEEDS)
    ? path.join(seedsDir, origin.slice(SEEDS.length))
    : origin.slice(FILE.length);
}

/** What clients see of an origin (`Paper.source`): the path below SEEDS_DIR, or the bare file name. */
export function sourceOfOrigin(origin: string): string {
  return origin.startsWith(SEEDS) ? origin.slice(SEEDS.length) : path.basename(origin);
}
