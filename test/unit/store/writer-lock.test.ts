import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { AppError } from "../../../src/errors.ts";
import { withWriterLock } from "../../../src/store/writer-lock/writer-lock.ts";
import {
  type Holder,
  lifeOf,
  thisProcess,
  WriterLockFolder,
} from "../../../src/store/writer-lock/writer-lock-folder.ts";
import { eventually } from "../../support/eventually.ts";
import { Gate } from "../../support/gate.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { thrownBy } from "../../support/thrown-by.ts";

const QUICK = { pollMs: 5, waitMs: 20, staleMs: 100, beatMs: 5 };
const NOW = new Date("2026-01-02T03:04:05Z");

/** A lock that another process seems to have left; `more` changes what its file says. */
async function foreignLock(root: string, more: Partial<Holder> = {}): Promise<string> {
  const file = await new WriterLockFolder(root).take({ ...(await thisProcess(NOW)), ...more });
  if (file === undefined) throw new Error("the lock is held");
  return file;
}

/** What a container looks like from outside: pid 1, in a pid namespace that is not this one. */
const CONTAINER = { host: "box", pid: 1, space: "same-boot pid:[1]", started: "77" };

describe("the writer lock", () => {
  it("is held while the work runs, gives its result, and leaves nothing", async () => {
    const root = path.join(temporaryFolder(), "made", "here");
    const result = await withWriterLock(root, async (lost, confirm) => {
      await confirm();
      expect(lost.aborted).toBe(false);
      expect(readdirSync(root)).toEqual(["writer.lock"]);
      return "result";
    });
    expect(result).toBe("result");
    expect(readdirSync(root)).toEqual([]);
  });

  it("is released when the work throws", async () => {
    const root = temporaryFolder();
    await expect(withWriterLock(root, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(readdirSync(root)).toEqual([]);
  });

  it("lets one after the other in when several wait in one process", async () => {
    const root = temporaryFolder();
    let inside = 0;
    const work = async () => {
      inside += 1;
      expect(inside).toBe(1);
      await sleep(3);
      inside -= 1;
    };
    const options = { ...QUICK, pollMs: 1, waitMs: 10_000 };
    await Promise.all(Array.from({ length: 12 }, () => withWriterLock(root, work, options)));
  });

  it("refuses after waiting for a living holder, and says who that is", async () => {
    const root = temporaryFolder();
    const gate = new Gate();
    const first = withWriterLock(root, () => gate.pass(), { now: () => NOW });
    await eventually(() => readdirSync(root)).toEqual(["writer.lock"]);
    const error = await thrownBy(() => withWriterLock(root, async () => {}, QUICK));
    expect(error.code).toBe("conflict");
    expect(error.message).toBe(
      `The index is being written by process ${process.pid} on ${hostname()}, since 2026-01-02T03:04:05.000Z: ` +
        "try again when that has ended",
    );
    gate.open();
    await first;
    await withWriterLock(root, async () => {}, QUICK);
  });

  it("stops waiting when the caller gives up", async () => {
    const root = temporaryFolder();
    await foreignLock(root);
    const giving = new AbortController();
    const waiting = withWriterLock(root, async () => {}, { signal: giving.signal });
    setImmediate(() => giving.abort(new Error("enough")));
    await expect(waiting).rejects.toThrow("enough");
  });

  it("names the folder and the fix when it cannot be written", async () => {
    const root = path.join(temporaryFolder(), "file");
    writeFileSync(root, "");
    const error = await thrownBy(() => withWriterLock(root, async () => {}));
    expect(error.message).toBe(
      `The index folder ${root} is no folder: name another. The index in it is as it was`,
    );
  });
});

describe("a lock that was left behind", () => {
  it.each([
    ["whose process is gone", { pid: 2 ** 22 + 1 }],
    ["whose pid another process has now", { started: "1" }],
  ])("%s is taken over at once", async (_, more) => {
    const root = temporaryFolder();
    await foreignLock(root, more);
    await withWriterLock(root, async () => {}, { ...QUICK, staleMs: 1e9, pollMs: 1e9 });
    expect(readdirSync(root)).toEqual([]);
  });

  it.each([
    ["in another container, where every pid is 1", CONTAINER],
    ["on another host", { host: "elsewhere", space: "another-boot pid:[2]" }],
  ])("%s is taken over after enough silence, however short the wait", async (_, more) => {
    const root = temporaryFolder();
    await foreignLock(root, more);
    await withWriterLock(root, async () => {}, { ...QUICK, waitMs: 0 });
    expect(readdirSync(root)).toEqual([]);
  });

  it("whose file says nothing is taken over after enough silence", async () => {
    const root = temporaryFolder();
    writeFileSync(await foreignLock(root), "{");
    await withWriterLock(root, async () => {}, QUICK);
  });

  it("without anybody in it is free", async () => {
    const root = temporaryFolder();
    mkdirSync(path.join(root, "writer.lock"));
    await withWriterLock(root, async () => {}, { ...QUICK, pollMs: 1e9 });
  });

  it("before it was taken is tidied away", async () => {
    const root = temporaryFolder();
    mkdirSync(path.join(root, "writer.lock.left", "deep"), { recursive: true });
    await withWriterLock(root, async () => {});
    expect(readdirSync(root)).toEqual([]);
  });

  it("by two who wait at once lets one in after the other", async () => {
    for (let round = 0; round < 20; round++) {
      const root = temporaryFolder();
      await foreignLock(root, { pid: 2 ** 22 + 1 });
      let inside = 0;
      const work = async (_: AbortSignal, confirm: () => Promise<void>) => {
        inside += 1;
        expect(inside).toBe(1);
        await sleep(2);
        await confirm();
        inside -= 1;
      };
      const options = { pollMs: 1, waitMs: 10_000 };
      await Promise.all([1, 2, 3].map(() => withWriterLock(root, work, options)));
    }
  });
});

describe("a holder in another container", () => {
  it("that beats is waited for, and then refused, whatever its clock says", async () => {
    const root = temporaryFolder();
    const file = await foreignLock(root, CONTAINER);
    const times = [1e9, 2e9, 1e9, 0, 1.7e9];
    let beats = 0;
    const heart = setInterval(() => {
      const time = times[beats++ % times.length] ?? 0;
      utimesSync(file, time, time);
    }, 5);
    const error = await thrownBy(() => withWriterLock(root, async () => {}, { ...QUICK, waitMs: 300 }));
    clearInterval(heart);
    expect(error.message).toMatch(/^The index is being written by process 1 on box, since 2026/);
  });

  it("that was taken for dead is told, and stops before it publishes", async () => {
    const root = temporaryFolder();
    const gate = new Gate();
    let reason: unknown;
    const slept = withWriterLock(
      root,
      async (lost, confirm) => {
        lost.addEventListener("abort", () => {
          reason = lost.reason;
        });
        await gate.pass();
        await confirm();
      },
      QUICK,
    );
    await eventually(() => readdirSync(root)).toEqual(["writer.lock"]);
    // What a waiter on another machine does after 15 silent seconds.
    rmSync(path.join(root, "writer.lock"), { recursive: true });
    const other = await foreignLock(root, CONTAINER);
    await eventually(() => reason).toBeInstanceOf(AppError);
    gate.open();
    const error = await thrownBy(() => slept);
    expect(error).toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/took this one for dead/),
    });
    // It does not take the other's lock away on its way out.
    expect(JSON.parse(readFileSync(other, "utf8"))).toMatchObject({ host: "box" });
  });

  it("is not judged by a clock: one that jumps while it holds or waits changes nothing", async () => {
    const root = temporaryFolder();
    const gate = new Gate();
    const dates = [NOW, new Date(0), new Date("2099-01-01"), new Date("2001-01-01")];
    let at = 0;
    const now = () => dates[at++ % dates.length] ?? NOW;
    const first = withWriterLock(
      root,
      async (lost, confirm) => {
        await gate.pass();
        await confirm();
        expect(lost.aborted).toBe(false);
        return "undisturbed";
      },
      { ...QUICK, now },
    );
    await eventually(() => readdirSync(root)).toEqual(["writer.lock"]);
    const error = await thrownBy(() => withWriterLock(root, async () => {}, { ...QUICK, now }));
    expect(error.code).toBe("conflict");
    gate.open();
    expect(await first).toBe("undisturbed");
  });
});

describe("who lives", () => {
  it("knows this process, none, and not those that cannot be looked for", async () => {
    const self = await thisProcess(NOW);
    const { space: _, ...spaceless } = self;
    const { started: __, ...startless } = self;
    const linux = process.platform === "linux";
    expect(await lifeOf(self)).toBe(linux ? "alive" : "unknown");
    expect(await lifeOf({ ...self, pid: 2 ** 22 + 1 })).toBe("dead");
    expect(await lifeOf({ ...self, ...CONTAINER })).toBe("unknown");
    expect(await lifeOf(spaceless)).toBe("unknown");
    expect(await lifeOf(startless)).toBe("unknown");
  });
});
