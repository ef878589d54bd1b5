import { it } from "vitest";
import { expectNotWorse } from "../support/expect-not-worse.ts";
import { openAssistant, testConfig } from "../support/open-assistant.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Milliseconds: a minute of one processor, several times that beside other work. */
const TIMEOUT = 600_000;

it(
  "answers questions that nothing was fitted to no worse than the baseline, but for chance",
  async () => {
    const config = testConfig(temporaryFolder(), { SEEDS_DIR: "test/eval/written-papers.jsonl" });
    const assistant = openAssistant(config);
    await assistant.start({ read: true });
    await expectNotWorse(assistant, "written");
  },
  TIMEOUT,
);
