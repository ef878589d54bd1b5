import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { Interrupted } from "../../../src/cli/stop.ts";
import type { Config } from "../../../src/config.ts";
import { FIGURES } from "../../../src/eval/figures.ts";
import { CommandRun } from "../../support/cli.ts";
import { openAssistant } from "../../support/open-assistant.ts";
import { MODELS_FOLDER } from "../../support/real-embedder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writePapers } from "../../support/write-papers.ts";

const PAPERS = [
  {
    title: "Counting Bees with Radar",
    abstract: "We count bees with radar. The radar counts 512 bees in one second.",
  },
  { title: "Sorting Tulips by Colour", abstract: "A small camera sorts tulips by colour in nine hours." },
  { title: "Why Bridges Sing", abstract: "Bridges sing when wind meets their cables." },
];
const QUESTIONS = [
  {
    id: "bees",
    type: "factual",
    question: "How many bees does the radar count?",
    gold: ["counting bees with radar"],
    must: ["512"],
  },
  {
    id: "more",
    type: "followup",
    history: ["What counts bees with radar?"],
    question: "How many?",
    gold: ["Counting Bees with Radar"],
  },
  { id: "cake", question: "Which cake recipe needs saffron and rum?" },
];

/** `footnote eval` in a folder with three papers and the questions; the real assistant answers. */
function evalRun(lines: readonly object[] = QUESTIONS) {
  const folder = temporaryFolder();
  writePapers(path.join(folder, "seeds", "papers.jsonl"), PAPERS);
  const questions = path.join(folder, "questions.jsonl");
  writePapers(questions, lines);
  const run = new CommandRun();
  run.environment = {
    SEEDS_DIR: path.join(folder, "seeds"),
    VECTORSTORE_DIR: path.join(folder, "vectorstore"),
    DATA_DIR: path.join(folder, "data"),
    MODELS_DIR: MODELS_FOLDER,
  };
  const configs: Config[] = [];
  run.onCreate = (config) => {
    configs.push(config);
    return openAssistant(config);
  };
  return {
    run,
    folder,
    questions,
    configs,
    execute: (...more: string[]) => run.execute("eval", questions, ...more),
  };
}

describe("footnote eval", () => {
  it("prints the figures of each type, and leaves no conversation behind", async () => {
    const { run, folder, configs, execute } = evalRun();
    expect(await execute()).toBe(0);
    const lines = run.stdout.text.split("\n");
    expect(lines[0]).toMatch(/^ranking +n +hit@1 +hit@3 +hit@10 +recall@10 +mrr +ndcg@10$/);
    expect(lines.find((line) => line.startsWith("factual"))).toMatch(/^factual +1(?: +1\.000){6}$/);
    const sections = lines.filter((line) => / n /.test(line)).map((line) => line.split(" ")[0]);
    expect(sections).toEqual(["ranking", "answers", "confidence", "time"]);
    expect(existsSync(path.join(folder, "data"))).toBe(false);
    expect(configs.map(({ folders }) => existsSync(folders.data))).toEqual([false]);
  });

  it("prints one JSON value, and with a threshold missed exits with 1", async () => {
    const { run, execute } = evalRun();
    const code = await execute("--json", "--halves", "--min-factual.must", "1", "--max-all.hit@1=0.5");
    expect(code).toBe(1);
    const printed = JSON.parse(run.stdout.text);
    expect(printed.groups.factual).toMatchObject({
      n: 1,
      figures: { must: 1 },
      halves: [{ n: 1 }, { n: 0 }],
    });
    expect(printed.results.map(({ id }: { id: string }) => id)).toEqual(["bees", "more", "cake"]);
    expect(printed.missed[0]).toBe("all.hit@1 is 1: at most 0.5 is asked for");
    expect(run.stderr.text).toContain("footnote: 2 thresholds missed\n");
  });

  it("tells what changed since a baseline", async () => {
    const { run, folder, questions, execute } = evalRun();
    const baseline = path.join(folder, "baseline.json");
    expect(await execute("--write-baseline", baseline)).toBe(0);
    writeFileSync(questions, readFileSync(questions, "utf8").replace('"512"', '"513"'));
    expect(await execute("--baseline", baseline)).toBe(0);
    expect(run.stdout.text).toContain("lost  factual bees: must 1 → 0");
    expect(run.stdout.text).toMatch(/against the baseline: 1 lost, 0 won\n$/);
    expect(await execute("--baseline", baseline, "--max-lost", "0")).toBe(1);
    expect(run.stderr.text).toContain("factual: 1 question lost, at most 0 may be");
  });

  it.each([
    [["--min-factual.mist", "1"], 'there is no figure "mist": hit@1'],
    [["--min-nope.must", "1"], 'there is no group "nope": all, factual'],
    [
      ["--min-factual.must", "x"],
      '--min-factual.must takes a number, as in --min-semantic.hit@10 0.7; it is "x"',
    ],
    [["--wrong"], 'unknown option "--wrong"'],
    [["another.jsonl"], "eval takes one file of questions"],
    [["--max-lost", "1"], "--max-lost compares with a baseline"],
    [["--not-worse"], "--not-worse compares with a baseline"],
  ])("takes %j as wrong usage, and says why", async (more, message) => {
    const { run, execute, configs } = evalRun();
    expect(await execute(...more)).toBe(2);
    expect(run.stderr.text).toContain(message);
    expect([run.stdout.text, configs]).toEqual(["", []]);
  });

  it("names the line of a paper that the index does not hold", async () => {
    const { run, execute } = evalRun([{ question: "a" }, { question: "b", gold: ["No Such Paper"] }]);
    expect(await execute("--json")).toBe(1);
    expect(JSON.parse(run.stdout.text).error.message).toBe(
      'questions.jsonl, line 2: gold names "No Such Paper", which is neither title nor id of one of the 3 papers in the index',
    );
  });

  it("names the line of evidence that the right paper does not hold", async () => {
    const lines = [{ ...QUESTIONS[0], evidence: ["We  count bees with radar.", "We count wasps."] }];
    const { run, execute } = evalRun(lines);
    expect(await execute("--json")).toBe(1);
    expect(JSON.parse(run.stdout.text).error.message).toBe(
      'questions.jsonl, line 1: evidence "We count wasps." stands in no abstract of gold or partial: copy it to the letter',
    );
  });

  it("names each figure and what it says in its help", async () => {
    const run = new CommandRun();
    expect(await run.execute("eval", "--help")).toBe(0);
    for (const [name, { about }] of FIGURES)
      expect(run.stdout.text.split("\n")).toContain(`  ${name.padEnd(20)}${about}`);
  });

  it("stops when asked to", async () => {
    const { run, configs, execute } = evalRun();
    run.controller.abort(new Interrupted("SIGINT"));
    expect(await execute()).toBe(130);
    expect(configs.map(({ folders }) => existsSync(folders.data))).toEqual([false]);
  });
});
