import { expect, it } from "vitest";
import { compare, lostByType, readBaseline } from "../../src/eval/baseline.ts";
import { readQuestions } from "../../src/eval/question.ts";
import { runEvaluation } from "../../src/eval/run.ts";
import { expectNotWorse } from "../support/expect-not-worse.ts";
import { openAssistant, testConfig } from "../support/open-assistant.ts";
import { copySeedsIndex } from "../support/seeds-index.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Questions of one type: what a change may lose for what it wins elsewhere. */
const MAX_LOST = 2;
/** Milliseconds: a minute of one processor, several times that beside other work. */
const TIMEOUT = 600_000;

it(
  "answers the development questions as well as the baseline, and quotes to the letter",
  async () => {
    const config = testConfig(temporaryFolder(), { SEEDS_DIR: "seeds" });
    copySeedsIndex(config.folders.vectorstore);
    const assistant = openAssistant(config);
    await assistant.start({ read: true });
    const results = await runEvaluation(assistant, readQuestions("test/eval/questions.jsonl"));
    const comparison = compare(results, readBaseline("test/eval/baseline.json"));
    const lost = comparison.changes.filter(({ to }) => to === "lost");
    const tooMany = [...lostByType(comparison)].filter(([, count]) => count > MAX_LOST);
    expect(tooMany, JSON.stringify(lost, null, 1)).toEqual([]);
    expect(comparison.unmatched, "write the baseline again: footnote eval --write-baseline").toBe(0);
    expect(results.filter(({ figures }) => (figures.verbatim ?? 1) < 1)).toEqual([]);
    await expectNotWorse(assistant, "kinds");
  },
  TIMEOUT,
);
