/** Child of size.ts: start on an index that is there, search it idle, and while an ingest embeds everything again. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createAssistant } from "../../src/assistant.ts";
import { loadConfig } from "../../src/config.ts";
import { percentile } from "../../src/util/statistics.ts";

const QUERIES = 300;
/** Milliseconds between two searches during the ingest: users, not a load test. */
const PAUSE_MS = 50;

const config = loadConfig();
const began = performance.now();
const assistant = createAssistant(config);
await assistant.start();
console.log(`start to ready ${((performance.now() - began) / 1000).toFixed(2)} s`);
console.log(`memory with the index loaded ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB`);

const lines = readFileSync(path.join(config.folders.seeds, "papers.jsonl"), "utf8")
  .split("\n")
  .slice(0, QUERIES);
const queries = lines.map((line) => (JSON.parse(line) as { title: string }).title);

async function search(query: string): Promise<number> {
  const from = performance.now();
  await assistant.search({ query, limit: 10 });
  return performance.now() - from;
}

for (const query of queries) await search(query);
const idle: number[] = [];
for (const query of queries) idle.push(await search(query));
console.log(
  `search idle p50 ${percentile(idle, 0.5).toFixed(1)} ms, p99 ${percentile(idle, 0.99).toFixed(1)} ms`,
);

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
let running = true;
const ingest = assistant.ingest({ rebuild: true }).finally(() => {
  running = false;
});
const busy: number[] = [];
for (let at = 0; running; at++) {
  busy.push(await search(queries[at % queries.length] ?? ""));
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
const { tookMs } = await ingest;
const ratio = percentile(busy, 0.5) / percentile(idle, 0.5);
console.log(
  `search during an ingest of ${(tookMs / 1000).toFixed(0)} s p50 ${percentile(busy, 0.5).toFixed(1)} ms ` +
    `(${ratio.toFixed(2)} × idle), p99 ${percentile(busy, 0.99).toFixed(1)} ms (n=${busy.length})`,
);
console.log(
  `event-loop delay during it p50 ${(delay.percentile(50) / 1e6).toFixed(1)} ms, p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms, max ${(delay.max / 1e6).toFixed(0)} ms`,
);
await assistant.close();
