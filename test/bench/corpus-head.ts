import { once } from "node:events";
import { createReadStream, createWriteStream, mkdirSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";

/** The first `count` lines of a corpus (.jsonl or .jsonl.gz) as `papers.jsonl` in `folder`, which is made. */
export async function corpusHead(corpus: string, count: number, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const out = createWriteStream(path.join(folder, "papers.jsonl"));
  const raw = createReadStream(corpus);
  const lines = createInterface({ input: corpus.endsWith(".gz") ? raw.pipe(createGunzip()) : raw });
  let taken = 0;
  for await (const line of lines) {
    if (taken++ === count) break;
    if (!out.write(`${line}\n`)) await once(out, "drain");
  }
  raw.destroy();
  out.end();
  await once(out, "finish");
}
