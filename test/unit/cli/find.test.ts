import { expect, it } from "vitest";
import { CommandRun } from "../../support/cli.ts";
import { makePaper } from "../../support/make-paper.ts";

const { paper } = makePaper({ title: "Codes", abstract: "Short codes win." });
const sentence = { field: "abstract" as const, text: paper.abstract, start: 0, end: 16 };
const says = {
  grade: "says-so" as const,
  matches: [{ paper, grade: "says-so" as const, score: 1, sentence }],
};

it("prints how near each paper comes, and its sentence", async () => {
  const run = new CommandRun();
  run.assistant.found = { ...says, tookMs: 1 };
  expect(await run.execute("find", "Short codes win.")).toBe(0);
  expect(run.stdout.text).toBe(`says so: ${paper.title}\n  “Short codes win.”\n`);
});

it("says that no paper does, and shows the nearest", async () => {
  const run = new CommandRun();
  const [match] = says.matches;
  if (match === undefined) throw new Error("no match");
  run.assistant.found = { grade: "nowhere", matches: [{ ...match, grade: "nowhere" }], tookMs: 1 };
  expect(await run.execute("find", "Long codes win.")).toBe(0);
  expect(run.stdout.text).toBe(`No paper here says this.\nnearest: ${paper.title}\n  “Short codes win.”\n`);
});

it("prints one JSON value, and takes 1,000 characters at most", async () => {
  const run = new CommandRun();
  run.assistant.found = { ...says, tookMs: 1 };
  await run.execute("find", "Short codes win.", "--json");
  expect(JSON.parse(run.stdout.text)).toEqual(run.assistant.found);
  const long = new CommandRun();
  expect(await long.execute("find", "a".repeat(1001))).toBe(2);
  expect(long.stderr.text).toContain("the sentence has 1001 characters, 1000 are allowed");
});
