import { describe, expect, it } from "vitest";
import type { IngestReport } from "../../../src/assistant/port.ts";
import { AppError } from "../../../src/errors.ts";
import { CommandRun } from "../../support/cli.ts";

const REPORT: IngestReport = {
  papers: 236,
  passages: 500,
  added: 1,
  updated: 2,
  removed: 3,
  unchanged: 230,
  duplicates: 1,
  embedded: 40,
  problems: [],
  notes: [],
  tookMs: 1234,
};

describe("footnote ingest", () => {
  it("prints one line of counts", async () => {
    const run = new CommandRun();
    run.assistant.onIngest = async () => REPORT;
    expect(await run.execute("ingest", "a.jsonl", "b", "--rebuild")).toBe(0);
    expect(run.stdout.text).toBe(
      "236 papers (1 added, 2 updated, 3 removed, 230 unchanged), 500 passages, 40 embedded, 1 duplicate in 1.2 s\n",
    );
    expect(run.stderr.text).toBe("");
    expect(run.assistant.ingested).toMatchObject([{ paths: ["a.jsonl", "b"], rebuild: true }]);
    expect(run.assistant.closed).toBe(1);
  });

  it("leaves the paths to the configuration when none is named", async () => {
    const run = new CommandRun();
    await run.execute("ingest");
    expect(run.assistant.ingested[0]).not.toHaveProperty("paths");
  });

  it("lists the first problems on standard error", async () => {
    const problems = Array.from({ length: 22 }, (_, at) => ({
      file: "a.jsonl",
      line: at + 1,
      reason: "no title",
    }));
    const run = new CommandRun();
    run.assistant.onIngest = async () => ({
      ...REPORT,
      problems: [{ file: "b.bin", reason: "\u001bbad" }, ...problems],
    });
    expect(await run.execute("ingest")).toBe(0);
    const lines = run.stderr.text.trimEnd().split("\n");
    expect(lines.slice(0, 2)).toEqual(["b.bin: ␛bad", "a.jsonl:1: no title"]);
    expect(lines.slice(-2)).toEqual(["a.jsonl:19: no title", "and 3 more"]);
    expect(run.stdout.text).toContain(", 23 problems in");
  });

  it("prints the report as the only JSON value", async () => {
    const run = new CommandRun({ terminal: true });
    run.assistant.onIngest = async () => REPORT;
    await run.execute("ingest", "--json");
    expect(JSON.parse(run.stdout.text)).toEqual(REPORT);
  });

  it("shows a bar with the time left on a terminal, and takes it away", async () => {
    const run = new CommandRun({ terminal: true });
    run.assistant.onIngest = async ({ onProgress }) => {
      onProgress?.({ stage: "reading", done: 1, total: 1 });
      onProgress?.({ stage: "embedding", done: 0, total: 4 });
      onProgress?.({ stage: "embedding", done: 2, total: 4 });
      await new Promise((resolve) => setTimeout(resolve, 250));
      return REPORT;
    };
    await run.execute("ingest");
    expect(run.stderr.text).toMatch(/Embedding █+░+ 50% 2\/4 \d+:\d\d left/);
    expect(run.stderr.text.endsWith("\u001b[1G\u001b[2K")).toBe(true);
  });

  it("fails with one line when another ingest runs", async () => {
    const run = new CommandRun();
    run.assistant.onIngest = () =>
      Promise.reject(new AppError("conflict", "Another ingest runs: wait for it"));
    expect(await run.execute("ingest")).toBe(1);
    expect(run.stderr.text).toBe("footnote: Another ingest runs: wait for it\n");
  });
});
