import { isInside } from "../../util/files.ts";
import { fileOfOrigin, originOfFile } from "../origin.ts";
import type { FileListing } from "../readers/list-files.ts";

/**
 * What an ingest knows about each origin. It has exhausted those that it read to the end, and those
 * whose file is gone from a folder that it listed; of all others it cannot tell what they hold now.
 */
export class Coverage {
  readonly #listing: FileListing;
  readonly #seedsDir: string;
  readonly #read = new Map<string, "whole" | "broken">();

  constructor(listing: FileListing, seedsDir: string) {
    this.#listing = listing;
    this.#seedsDir = seedsDir;
    for (const { path } of listing.files) this.#read.set(originOfFile(path, seedsDir), "broken");
  }

  /** Notes a file that was read to its end, whatever single records of it were like. */
  readWhole(origin: string): void {
    this.#read.set(origin, "whole");
  }

  exhausted(origin: string): boolean {
    const read = this.#read.get(origin);
    if (read !== undefined) return read === "whole";
    const file = fileOfOrigin(origin, this.#seedsDir);
    const { folders, problems } = this.#listing;
    return (
      folders.some((folder) => isInside(file, folder)) && !problems.some(({ path }) => isInside(file, path))
    );
  }
}
