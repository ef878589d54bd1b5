/** How long a map takes to draw, what it weighs on the wire, and how smoothly it is moved. BENCH_CORPUS adds 20,000 papers. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import type { Page } from "playwright-core";
import { createAssistant } from "../../src/assistant.ts";
import { loadConfig } from "../../src/config.ts";
import { startServer } from "../../src/server/server.ts";
import { buildPage, findChromium, launchChromium } from "../support/browser.ts";
import { corpusHead } from "./corpus-head.ts";

const PAPERS = 20_000;
/** Milliseconds between two looks whether the map is there. */
const POLL_MS = 20;
/** Milliseconds that the map is dragged to and fro. */
const DRAG_MS = 4000;
/** In the page: the times of its frames. As text, for what tsx makes of a function does not run there. */
const COUNT_FRAMES = `new Promise((resolve) => {
  const times = [];
  const frame = (now) => {
    times.push(now);
    if (now - times[0] > ${DRAG_MS}) resolve(times);
    else requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})`;

export async function benchMap(): Promise<void> {
  await draw("seeds");
  const corpus = process.env.BENCH_CORPUS;
  if (corpus === undefined) {
    console.log(`${PAPERS} papers skipped: BENCH_CORPUS names no .jsonl or .jsonl.gz of papers`);
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-bench-"));
  await corpusHead(corpus, PAPERS, folder);
  await draw(folder);
  rmSync(folder, { recursive: true, force: true });
}

async function draw(seeds: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-bench-"));
  const environment = {
    SEEDS_DIR: path.resolve(seeds),
    VECTORSTORE_DIR: path.join(folder, "vectorstore"),
    DATA_DIR: path.join(folder, "data"),
    MODELS_DIR: path.resolve("vectorstore/models"),
  };
  const config = loadConfig(environment, folder);
  const assistant = createAssistant(config);
  const server = await startServer({
    assistant,
    config: { ...config.server, port: 0, rateLimitPerMinute: 0 },
    logger: pino({ level: "silent" }),
    webFolder: buildPage(),
    version: "bench",
  });
  await assistant.start();
  const began = performance.now();
  const bytes = await mapBytes(server.url, "gzip");
  const seconds = (performance.now() - began) / 1000;
  const plain = await mapBytes(server.url, "identity");
  const { papers, groups } = assistant.map();
  console.log(
    `${papers.length} papers in ${groups.length} groups: drawn in ${seconds.toFixed(1)} s, ` +
      `${Math.round(bytes / 1024)} KiB on the wire (${Math.round(plain / 1024)} KiB uncompressed)`,
  );
  await benchFrames(server.url, papers.length);
  await server.close(0);
  await assistant.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Waits for the map. @returns what `Content-Length` says of it */
async function mapBytes(url: string, encoding: string): Promise<number> {
  for (;;) {
    const response = await fetch(`${url}/api/map`, { headers: { "Accept-Encoding": encoding } });
    await response.arrayBuffer();
    if (response.ok) return Number(response.headers.get("content-length"));
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function benchFrames(url: string, papers: number): Promise<void> {
  const chromium = findChromium();
  if (chromium === undefined) return;
  const browser = await launchChromium(chromium);
  for (const deviceScaleFactor of [1, 2]) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, deviceScaleFactor });
    await page.goto(`${url}/map`);
    await page.locator("canvas").waitFor();
    const { rate, longest } = await framesWhileDragging(page);
    console.log(
      `${papers} papers, moved by hand at ${deviceScaleFactor} device pixels a pixel: ` +
        `${rate.toFixed(0)} frames/s, longest frame ${longest.toFixed(0)} ms`,
    );
    await page.close();
  }
  await browser.close();
}

async function framesWhileDragging(page: Page): Promise<{ rate: number; longest: number }> {
  const box = await page.locator("canvas").boundingBox();
  if (box === null) throw new Error("the map has no canvas");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const counted = page.evaluate<number[]>(COUNT_FRAMES);
  let over = false;
  const times = counted.finally(() => {
    over = true;
  });
  for (let step = 0; !over; step++)
    await page.mouse.move(x + 150 * Math.sin(step / 20), y + 60 * Math.sin(step / 31));
  await page.mouse.up();
  const gaps = (await times).map((time, at, all) => time - (all[at - 1] ?? time)).slice(1);
  const sum = gaps.reduce((total, gap) => total + gap, 0);
  return { rate: (1000 * gaps.length) / sum, longest: Math.max(...gaps) };
}
