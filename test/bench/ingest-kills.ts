/**
 * `kill -9` at moments spread over an ingest, then the ingest again: how many papers are embedded twice.
 * `BENCH_PAPERS=20000 BENCH_KILLS=20 npm run bench -- ingest-kills`
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { generatedPapers } from "../support/generated-papers.ts";
import { MODELS_FOLDER } from "../support/real-embedder.ts";
import { writePapers } from "../support/write-papers.ts";

const PAPERS = Number(process.env.BENCH_PAPERS ?? 20_000);
const KILLS = Number(process.env.BENCH_KILLS ?? 20);
/** Papers whose vectors a killed process may have made and not kept (embed-corpus.ts). */
const BATCH = 128;

export async function benchIngestKills(): Promise<void> {
  const root = mkdtempSync(path.join(tmpdir(), "footnote-ingest-kills-"));
  const seeds = path.join(root, "seeds");
  mkdirSync(seeds);
  writePapers(path.join(seeds, "papers.jsonl"), generatedPapers(PAPERS));
  try {
    const began = performance.now();
    await ingest(path.join(root, "undisturbed"), seeds).ended;
    const took = performance.now() - began;
    console.log(`  ${PAPERS} papers, undisturbed: ${(took / 1000).toFixed(0)} s`);
    const twice: number[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const folder = path.join(root, `kill-${kill}`);
      const child = ingest(folder, seeds);
      await Promise.race([sleep((took * (kill + 0.5)) / KILLS), child.ended]);
      child.kill();
      await child.ended;
      const kept = sizeOf(path.join(folder, "vectorstore", "embedding.checkpoint"));
      const { embedded, papers } = JSON.parse(await ingest(folder, seeds).ended) as Record<string, number>;
      // Of those that were made before, all but the batch that was in the making are kept.
      twice.push(kept === 0 ? 0 : BATCH / PAPERS);
      console.log(
        `  killed at ${Math.round((100 * (kill + 0.5)) / KILLS)} %: ${kept} bytes kept, ${embedded} of ${papers} embedded afterwards`,
      );
      rmSync(folder, { recursive: true });
    }
    console.log(`  embedded twice at most: ${(100 * Math.max(...twice)).toFixed(1)} %`);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function ingest(folder: string, seeds: string) {
  const child = spawn(process.execPath, ["dist/cli/main.js", "ingest", "--json"], {
    env: {
      ...process.env,
      SEEDS_DIR: seeds,
      VECTORSTORE_DIR: path.join(folder, "vectorstore"),
      DATA_DIR: path.join(folder, "data"),
      MODELS_DIR: MODELS_FOLDER,
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
  });
  return { ended: once(child, "close").then(() => text), kill: () => child.kill("SIGKILL") };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
