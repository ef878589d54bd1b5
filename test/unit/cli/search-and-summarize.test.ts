import { describe, expect, it } from "vitest";
import type { SearchResult } from "../../../src/protocol.ts";
import { CommandRun, makeAnswer } from "../../support/cli.ts";

function result(title: string, text: string, score: number): SearchResult {
  return {
    paper: { id: title, title, abstract: text, source: "s", revision: "r" },
    score,
    passages: text === "" ? [] : [{ field: "abstract", text, start: 0, end: text.length }],
    why: { dense: score, lexical: 0 },
  };
}

const RESULTS = [
  result(
    "A very long title about graph decompositions that would not fit on one line",
    "First\npassage.",
    0.91234,
  ),
  result("Short\u001b[2J", "", 0.5),
];

describe("footnote search", () => {
  it("prints rank, score, title and the best passage, whole where nobody reads it on a screen", async () => {
    const run = new CommandRun();
    run.assistant.response = { results: RESULTS, tookMs: 2 };
    expect(await run.execute("search", "graphs", "-k", "3")).toBe(0);
    expect(
      run.stdout.text,
    ).toBe(`1  0.912  A very long title about graph decompositions that would not fit on one line
          First passage.
2  0.500  Short␛[2J
`);
    expect(run.assistant.searched).toMatchObject([{ query: "graphs", limit: 3 }]);
  });

  it("fits the terminal", async () => {
    const run = new CommandRun({ terminal: true });
    run.assistant.response = { results: RESULTS, tookMs: 2 };
    await run.execute("search", "graphs");
    const [first = ""] = run.stdout.text.split("\n");
    expect(first).toBe(
      "\u001b[36m1  0.912  \u001b[39m\u001b[1mA very long title about graph decompositions…\u001b[22m",
    );
    expect(run.assistant.searched[0]?.limit).toBe(10);
  });

  it("prints the response as JSON", async () => {
    const run = new CommandRun();
    run.assistant.response = { results: RESULTS, tookMs: 2 };
    await run.execute("search", "graphs", "--json");
    expect(JSON.parse(run.stdout.text)).toEqual({ results: RESULTS, tookMs: 2 });
  });

  it("says on standard error that nothing fits", async () => {
    const run = new CommandRun();
    expect(await run.execute("search", "graphs")).toBe(0);
    expect([run.stdout.text, run.stderr.text]).toEqual(["", "footnote: no paper fits\n"]);
  });

  it.each(["0", "101", "x", "1.5", "-1"])("refuses -k %s as wrong usage", async (limit) => {
    const run = new CommandRun();
    expect(await run.execute("search", "graphs", `-k=${limit}`)).toBe(2);
    expect(await run.execute("search", "graphs", `--limit=${limit}`)).toBe(2);
    expect(run.stderr.text).toContain("takes a whole number from 1 to 100");
  });
});

describe("footnote summarize", () => {
  it("streams the summary of the paper that is named", async () => {
    const run = new CommandRun();
    run.assistant.events = [
      { type: "delta", text: "Short." },
      { type: "done", answer: makeAnswer("Short.") },
    ];
    expect(await run.execute("summarize", "NIRVANA")).toBe(0);
    expect(run.assistant.summarized).toEqual(["NIRVANA"]);
    expect(run.stdout.text).toBe("Short.\n");
  });
});
