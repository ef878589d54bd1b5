import { describe, expect, it } from "vitest";
import { CommandRun, makeAnswer } from "../../support/cli.ts";

describe("footnote", () => {
  it.each(["--help", "help", "ask --help"])("prints help for %s and is done", async (line) => {
    const run = new CommandRun();
    expect(await run.execute(...line.split(" "))).toBe(0);
    expect(run.stdout.text).toContain("Usage: footnote");
    expect(run.stderr.text).toBe("");
  });

  it("prints its version", async () => {
    const run = new CommandRun();
    expect(await run.execute("--version")).toBe(0);
    expect(run.stdout.text).toBe("1.2.3\n");
  });

  it.each([[], ["nope"], ["serve", "extra"]])("takes %j as wrong usage", async (...argv) => {
    const run = new CommandRun();
    expect(await run.execute(...argv)).toBe(2);
    expect(run.stdout.text).toBe("");
    expect(run.stderr.text).not.toBe("");
  });

  it("shows on a terminal how far the first index is", async () => {
    const run = new CommandRun({ terminal: true });
    run.assistant.onStart = async ({ onProgress }) => {
      onProgress?.({ stage: "embedding", done: 59, total: 236 });
      await new Promise((resolve) => setTimeout(resolve, 150));
    };
    await run.execute("search", "x");
    expect(run.stderr.text).toMatch(/^footnote: indexing the papers on first use\n[\s\S]*25% 59\/236/);
  });

  it("reports the first index in one line where nobody watches", async () => {
    const run = new CommandRun();
    run.assistant.onStart = async ({ onProgress }) => {
      onProgress?.({ stage: "embedding", done: 1, total: 2 });
      onProgress?.({ stage: "embedding", done: 2, total: 2 });
    };
    await run.execute("search", "x", "--json");
    expect(run.stderr.text).toBe("footnote: indexing the papers on first use\n");
  });

  it("ends quietly when nobody reads its output any more", async () => {
    const run = new CommandRun();
    run.stdout.failWith = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
    run.assistant.events = [
      { type: "delta", text: "One." },
      { type: "delta", text: "Two." },
      { type: "aborted", answer: makeAnswer("One.Two.") },
    ];
    run.assistant.betweenEvents = () => new Promise((resolve) => setImmediate(resolve));
    expect(await run.execute("ask", "Q")).toBe(0);
    expect(run.stderr.text).toBe("");
    expect(run.assistant.asked[0]?.signal?.aborted).toBe(true);
  });
});
