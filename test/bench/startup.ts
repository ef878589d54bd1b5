/** `npm start` as a user runs it: from nothing built and indexed, and again. */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { percentile } from "../../src/util/statistics.ts";

const PROJECT = [
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "src",
  "web",
  "seeds",
  "vectorstore/models",
];
const LATER_STARTS = 5;
/** Milliseconds between two looks at /ready. */
const POLL_MS = 20;

export async function benchStartup(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-bench-"));
  for (const name of PROJECT) cpSync(name, path.join(folder, name), { recursive: true, force: true });
  symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
  const first = await startOnce(folder);
  console.log(
    `first start after npm ci: build + index + ready ${(first.ready / 1000).toFixed(2)} s (/health at ${(first.health / 1000).toFixed(2)} s)`,
  );
  const later: number[] = [];
  for (let at = 0; at < LATER_STARTS; at++) later.push((await startOnce(folder)).ready / 1000);
  console.log(
    `later starts to ready: median ${percentile(later, 0.5).toFixed(2)} s, worst ${Math.max(...later).toFixed(2)} s (n=${LATER_STARTS})`,
  );
  rmSync(folder, { recursive: true, force: true });
}

async function startOnce(folder: string): Promise<{ health: number; ready: number }> {
  const began = performance.now();
  const child = spawn("npm", ["start", "--silent"], {
    cwd: folder,
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  const url = await announced(child);
  await until(`${url}/health`);
  const health = performance.now() - began;
  await until(`${url}/ready`);
  const ready = performance.now() - began;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
  await ended;
  return { health, ready };
}

/** The address that serve prints on standard error. */
function announced(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stderr?.on("data", (data: Buffer) => {
      text += data.toString();
      const [url] = /http:\/\/[\w.:[\]]+\d/.exec(text) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.once("exit", (code) => reject(new Error(`npm start ended with ${code}: ${text}`)));
  });
}

async function until(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
