import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { withWriterLock } from "../../src/store/writer-lock/writer-lock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { thrownBy } from "../support/thrown-by.ts";

const HOLDER = new URL("../support/hold-writer-lock.ts", import.meta.url).pathname;
const NODE = [process.execPath, "--import", "tsx", HOLDER] as const;
/** A pid namespace of its own, as a container has: the first process in it is pid 1. Needs the right to make one. */
const CONTAINER = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"] as const;
const [unshare, ...unshareOptions] = CONTAINER;
const canContain = spawnSync(unshare, [...unshareOptions, "true"]).status === 0;
if (!canContain) console.log("skipped: holders in containers, this user may not make pid namespaces");

function start(command: readonly string[]): ChildProcess {
  const [program = "", ...argv] = command;
  const child = spawn(program, argv, { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function hold(root: string, command: readonly string[]): Promise<ChildProcess> {
  const child = start([...command, root]);
  if (child.stdout === null) throw new Error("no output");
  await once(child.stdout, "data");
  return child;
}

const lockFile = (root: string) => {
  const folder = path.join(root, "writer.lock");
  return path.join(folder, readdirSync(folder)[0] ?? "");
};

describe("several processes", () => {
  it("never write at the same time", async () => {
    const root = temporaryFolder();
    writeFileSync(path.join(root, "count"), "0");
    const writers = Array.from({ length: 3 }, () => start([...NODE, root, "40"]));
    const codes = await Promise.all(writers.map(async (writer) => (await once(writer, "exit"))[0]));
    expect(codes).toEqual([0, 0, 0]);
    expect(readFileSync(path.join(root, "count"), "utf8")).toBe("120");
    expect(readdirSync(root)).toEqual(["count"]);
  });

  it("keep out the second while the first lives, and let it in at once when that is killed", async () => {
    const root = temporaryFolder();
    const holder = await hold(root, NODE);
    const waiting = { waitMs: 300, pollMs: 20, staleMs: 600_000 };
    const error = await thrownBy(() => withWriterLock(root, async () => {}, waiting));
    expect(error.message).toContain(`written by process ${holder.pid} on `);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    await withWriterLock(root, async () => {}, waiting);
    expect(readdirSync(root)).toEqual([]);
  });

  it("do not rob one that is stopped, however long it is silent", async () => {
    const root = temporaryFolder();
    const holder = await hold(root, NODE);
    holder.kill("SIGSTOP");
    const error = await thrownBy(() =>
      withWriterLock(root, async () => {}, { waitMs: 200, pollMs: 10, staleMs: 50 }),
    );
    expect(error.code).toBe("conflict");
  });

  it.runIf(canContain)("know a container's pid 1 by its heartbeat alone", async () => {
    const root = temporaryFolder();
    const holder = await hold(root, [...CONTAINER, ...NODE]);
    expect(JSON.parse(readFileSync(lockFile(root), "utf8"))).toMatchObject({ pid: 1 });
    const waiting = { waitMs: 1500, pollMs: 100, staleMs: 3000 };
    const error = await thrownBy(() => withWriterLock(root, async () => {}, waiting));
    expect(error.message).toContain("written by process 1 on ");
    holder.kill("SIGKILL");
    await once(holder, "exit");
    await withWriterLock(root, async () => {}, waiting);
    expect(readdirSync(root)).toEqual([]);
  });

  it.runIf(canContain)("in two containers, where every pid is 1, take over from each other", async () => {
    const root = temporaryFolder();
    const first = await hold(root, [...CONTAINER, ...NODE]);
    first.kill("SIGKILL");
    await once(first, "exit");
    writeFileSync(path.join(root, "count"), "0");
    const second = start([...CONTAINER, ...NODE, root, "1"]);
    expect((await once(second, "exit"))[0]).toBe(0);
    expect(readFileSync(path.join(root, "count"), "utf8")).toBe("1");
  });
});
