import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";

vi.setConfig({ testTimeout: 120_000 });

/** Whether the process computes: it is there, and not only waiting to be noticed. */
function lives(pid: string): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return false;
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return !/[ZX]/.test(stat.slice(stat.lastIndexOf(")") + 2)[0] ?? "");
}

it.skipIf(process.platform !== "linux")(
  "ends the processes that embed with the one they embed for, in the middle of a text",
  async () => {
    const parent = spawn(
      process.execPath,
      ["--import", "tsx", new URL("../support/embed-until-killed.ts", import.meta.url).pathname],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const [said] = await once(parent.stdout, "data");
    const workers = String(said)
      .trim()
      .split(" ")
      .filter((pid) => lives(pid));
    expect(workers.length).toBeGreaterThanOrEqual(2);
    parent.kill("SIGKILL");
    await once(parent, "exit");
    await eventually(() => workers.filter((pid) => lives(pid))).toEqual([]);
  },
);
