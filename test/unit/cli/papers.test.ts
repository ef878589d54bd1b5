import { describe, expect, it } from "vitest";
import { CommandRun } from "../../support/cli.ts";
import { ALIAS } from "../../support/fake-papers.ts";
import { samplePaper } from "../../support/sample-answer.ts";

describe("footnote papers", () => {
  it("lists them, one a line, or as one JSON value", async () => {
    const run = new CommandRun();
    expect(await run.execute("papers", "list")).toBe(0);
    expect(run.stdout.text).toBe(`${samplePaper.id}  ${samplePaper.title}\n`);
    const json = new CommandRun();
    await json.execute("papers", "list", "walks", "--json");
    expect(JSON.parse(json.stdout.text)).toEqual({ papers: [samplePaper] });
  });

  it("shows one by any of its ids", async () => {
    const run = new CommandRun();
    expect(await run.execute("papers", "show", ALIAS)).toBe(0);
    expect(run.stdout.text).toContain(samplePaper.title);
    expect(run.stdout.text).toContain(samplePaper.abstract);
    expect(run.stdout.text).toMatch(new RegExp(`^id +${samplePaper.id}$`, "m"));
  });

  it("removes those that are there, by their own ids", async () => {
    const run = new CommandRun();
    expect(await run.execute("papers", "remove", ALIAS)).toBe(0);
    expect(run.assistant.removed).toEqual([[samplePaper.id]]);
    expect(run.stdout.text).toContain("1 removed");
  });

  it("gives a tag, or takes it away", async () => {
    const run = new CommandRun();
    expect(await run.execute("papers", "tag", "to read", ALIAS)).toBe(0);
    expect(await run.execute("papers", "tag", "to read", ALIAS, "--remove")).toBe(0);
    expect(run.assistant.tagged).toEqual([
      { ids: [samplePaper.id], add: ["to read"] },
      { ids: [samplePaper.id], remove: ["to read"] },
    ]);
    expect(run.stdout.text).toContain("1 updated");
  });

  it("removes nothing where one of them is not there, and names it", async () => {
    const run = new CommandRun();
    expect(await run.execute("papers", "remove", samplePaper.id, "nowhere")).not.toBe(0);
    expect(run.stderr.text).toContain("nowhere");
    expect(run.assistant.removed).toEqual([]);
  });
});
