import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Writes records as JSON Lines, making the folder. */
export function writePapers(file: string, records: readonly object[]): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
}
