import { describe, expect, it } from "vitest";
import { Interrupted } from "../../../src/cli/stop.ts";
import { AppError } from "../../../src/errors.ts";
import { CommandRun } from "../../support/cli.ts";

function serving(): CommandRun {
  const run = new CommandRun();
  run.startServer = async () => run.server;
  return run;
}

describe("footnote serve", () => {
  it("tells its address before it indexes, then that it is ready", async () => {
    const run = serving();
    let toldAtStart = "";
    run.assistant.onStart = async () => {
      toldAtStart = run.stderr.text;
      setImmediate(() => run.controller.abort(new Interrupted("SIGTERM")));
    };
    expect(await run.execute("serve")).toBe(0);
    expect(toldAtStart).toBe("Footnote 1.2.3 listens on http://127.0.0.1:4711\n");
    expect(run.stderr.text).toContain("Ready: 2 papers, 5 passages, answers by extractive\n");
    expect(run.stdout.text).toBe("");
  });

  it.each([
    ["SIGTERM", 10_000],
    ["SIGINT", 100],
  ] as const)("ends well on %s, giving answers %i ms", async (signal, grace) => {
    const run = serving();
    run.assistant.onStart = async () => run.controller.abort(new Interrupted(signal));
    expect(await run.execute("serve")).toBe(0);
    expect(run.closedWith).toEqual([grace]);
    expect(run.assistant.closed).toBe(1);
  });

  it("ends well while it indexes", async () => {
    const run = serving();
    run.assistant.onStart = ({ signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason));
        setImmediate(() => run.controller.abort(new Interrupted("SIGINT")));
      });
    expect(await run.execute("serve")).toBe(0);
    expect(run.stderr.text).toBe("Footnote 1.2.3 listens on http://127.0.0.1:4711\n");
  });

  it("fails when there is no index and none can be built", async () => {
    const run = serving();
    run.assistant.ready = { status: "indexing", done: 0, total: 0 };
    run.assistant.onStart = () => Promise.reject(new AppError("bad_request", "SEEDS_DIR holds no paper"));
    expect(await run.execute("serve")).toBe(1);
    expect(run.stderr.text).toContain("footnote: SEEDS_DIR holds no paper\n");
    expect(run.closedWith).toHaveLength(1);
    expect(run.assistant.closed).toBe(1);
  });

  it("follows the index, and tells what fails in the background", async () => {
    const run = serving();
    run.assistant.onStart = async ({ follow }) => {
      expect(follow).toBe(true);
      run.assistant.onBackgroundError?.(new AppError("bad_request", "seeds are broken"));
      setImmediate(() => run.controller.abort(new Interrupted("SIGTERM")));
    };
    expect(await run.execute("serve")).toBe(0);
    expect(run.stderr.text).toContain("footnote: seeds are broken\nReady: 2 papers");
  });

  it("fails with the server's own words when it cannot listen", async () => {
    const run = new CommandRun();
    run.startServer = () => Promise.reject(new AppError("config", "PORT=80 may not be used"));
    expect(await run.execute("serve")).toBe(78);
    expect(run.stderr.text).toBe("footnote: PORT=80 may not be used\n");
    expect(run.assistant.closed).toBe(1);
  });
});
