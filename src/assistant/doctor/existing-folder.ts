import { existsSync } from "node:fs";
import path from "node:path";

/** `folder`, or the nearest folder above it that is there: where it would be made. */
export function existingFolder(folder: string): string {
  let at = path.resolve(folder);
  while (!existsSync(at) && at !== path.dirname(at)) at = path.dirname(at);
  return at;
}
