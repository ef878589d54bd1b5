/**
 * Another program holds the database: how long others wait for the server meanwhile. Beside it, at the same time, for a
 * server with nothing to do: what that one takes too long as well is the machine's other work.
 */
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Libsql from "libsql";
import { Problem } from "../../src/protocol.ts";
import { percentile } from "../../src/util/statistics.ts";
import { ServerProcess } from "../support/server-process.ts";

/** Milliseconds. */
const HELD_MS = 9000;
const HEALTH_MS = 10;
/** What /health may take. */
const MOST_MS = 50;
/** Questions, which are to be stored, and searches among conversations, which are read. */
const ASK_MS = 200;
const SEARCH_MS = 50;

export async function benchLocked(): Promise<void> {
  const [server, idle] = [await start(), await start()];
  try {
    await ask(server.url);
    const other = new Libsql(path.join(server.folder, "data/conversations.db"));
    other.exec("BEGIN IMMEDIATE");
    const until = performance.now() + HELD_MS;
    const asked: Promise<string>[] = [];
    let found = 0;
    const [waits, idleWaits] = await Promise.all([
      watchHealth(server.url, until),
      watchHealth(idle.url, until),
      repeat(until, ASK_MS, async () => void asked.push(ask(server.url))),
      repeat(until, SEARCH_MS, async () => {
        found += (await fetch(`${server.url}/api/conversations?query=activations`)).ok ? 1 : 0;
      }),
    ]);
    other.exec("ROLLBACK");
    other.close();
    console.log(`${HELD_MS / 1000} s | /health | p50 ms | p99 ms | over ${MOST_MS} ms | longest ms`);
    console.log(row("locked", waits));
    console.log(row("another, idle", idleWaits));
    console.log(`${found} searches were answered; ${asked.length} questions got:`);
    for (const said of new Set(await Promise.all(asked))) console.log(`  ${said}`);
  } finally {
    await server.stop();
    await idle.stop();
  }
}

function start(): Promise<ServerProcess> {
  return ServerProcess.start({ environment: { RATE_LIMIT_PER_MINUTE: "0" } });
}

async function watchHealth(url: string, until: number): Promise<number[]> {
  const waits: number[] = [];
  await repeat(until, HEALTH_MS, async () => {
    const began = performance.now();
    await (await fetch(`${url}/health`)).text();
    waits.push(performance.now() - began);
  });
  return waits;
}

async function repeat(until: number, pauseMs: number, work: () => Promise<void>): Promise<void> {
  for (; performance.now() < until; await sleep(pauseMs)) await work();
}

function row(name: string, waits: readonly number[]): string {
  const [half, most] = [percentile(waits, 0.5).toFixed(1), percentile(waits, 0.99).toFixed(1)];
  const late = waits.filter((ms) => ms > MOST_MS).length;
  return [name, waits.length, half, most, late, Math.max(...waits).toFixed(1)].join(" | ");
}

/** The status, and what is said where that is no answer. */
async function ask(url: string): Promise<string> {
  const response = await fetch(`${url}/api/ask`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ question: "What are massive activations?" }),
  });
  const body: unknown = await response.json();
  return response.ok ? String(response.status) : `${response.status} ${Problem.parse(body).error.message}`;
}
