import { readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { embedCorpus } from "../../../src/assistant/ingest/embed-corpus.ts";
import { EmbeddingCheckpoint } from "../../../src/assistant/ingest/embedding-checkpoint.ts";
import { makePaper } from "../../support/make-paper.ts";
import { realEmbedder } from "../../support/real-embedder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const PAPERS = Array.from({ length: 600 }, (_, at) =>
  makePaper({ title: `Paper ${at}`, abstract: `Sentence one of ${at}. Two. Three.` }),
);
/** As embed-corpus has it. */
const BATCH = 128;

async function embed(folder: string, { madeBy = "model 1", papers = PAPERS, stopAfter = 0 } = {}) {
  const embedder = await realEmbedder();
  const { dimension } = embedder;
  const checkpoint = new EmbeddingCheckpoint(folder, { madeBy, dimension });
  const stop = new AbortController();
  let asked = 0;
  const done = await embedCorpus(papers, undefined, () => embedder, {
    checkpoint,
    signal: stop.signal,
    onProgress: () => {
      asked += 1;
      if (asked === stopAfter) stop.abort();
    },
  })
    .catch(() => undefined)
    .finally(() => checkpoint.close());
  return { done, checkpoint };
}

it("goes on where an ingest was stopped, with the same vectors", async () => {
  const folder = temporaryFolder();
  await embed(folder, { stopAfter: 3 });
  const { done, checkpoint } = await embed(folder);
  expect(done?.embedded).toBe(600 - 3 * BATCH);
  const whole = await embed(temporaryFolder());
  expect(whole.done?.embedded).toBe(600);
  expect(done?.vectors).toEqual(whole.done?.vectors);
  await checkpoint.remove();
  expect((await embed(folder)).done?.embedded).toBe(600);
});

it("makes again what changed, and what another model or chunker made", async () => {
  const folder = temporaryFolder();
  await embed(folder, { stopAfter: 4 });
  const changed = PAPERS.map((one, at) =>
    at === 7 ? makePaper({ title: one.paper.title, abstract: "It says another thing." }) : one,
  );
  expect((await embed(folder, { papers: changed })).done?.embedded).toBe(600 - 4 * BATCH + 1);
  expect((await embed(folder, { madeBy: "model 2" })).done?.embedded).toBe(600);
});

it("uses what stands before a block that is cut off or damaged, and goes on behind it", async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, "embedding.checkpoint");
  await embed(folder, { stopAfter: 3 });
  truncateSync(file, statSync(file).size - 5);
  expect((await embed(folder, { stopAfter: 1 })).done).toBeUndefined();
  expect((await embed(folder, { stopAfter: 1 })).done).toBeUndefined();
  // Two whole blocks of the first, one of each after it.
  expect((await embed(folder)).done?.embedded).toBe(600 - 4 * BATCH);
  const bytes = readFileSync(file);
  bytes[200] = (bytes[200] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  expect((await embed(folder)).done?.embedded).toBe(600);
  for (const nonsense of ["", "x", "\xff".repeat(64)]) {
    writeFileSync(file, nonsense);
    expect((await embed(folder)).done?.embedded).toBe(600);
  }
});

it("keeps nothing of an ingest that is done at once", async () => {
  const folder = temporaryFolder();
  await embed(folder, { papers: PAPERS.slice(0, BATCH) });
  expect(() => statSync(path.join(folder, "embedding.checkpoint"))).toThrow("ENOENT");
});
