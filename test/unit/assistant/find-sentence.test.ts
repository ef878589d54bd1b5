import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Assistant } from "../../../src/assistant.ts";
import { createAssistant } from "../../../src/assistant.ts";
import { testConfig } from "../../support/open-assistant.ts";
import { copySeedsIndex } from "../../support/seeds-index.ts";

const SENTENCE =
  "First, we demonstrate the widespread existence of massive activations across various LLMs and characterize their locations.";
const TITLE = "Massive Activations in Large Language Models";

describe("find", () => {
  let assistant: Assistant;
  const find = async (text: string, more = {}) => {
    const { grade, matches } = await assistant.find({ text, limit: 3, ...more });
    return { grade, title: matches[0]?.paper.title, sentence: matches[0]?.sentence.text, matches };
  };
  beforeAll(async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "footnote-test-"));
    const config = testConfig(folder, { SEEDS_DIR: "seeds" });
    copySeedsIndex(config.folders.vectorstore);
    assistant = createAssistant(config);
    await assistant.start();
    return async () => {
      await assistant.close();
      rmSync(folder, { recursive: true, force: true });
    };
  }, 60_000);

  it("says so of a sentence as it stands, of a part of it, and of one with slips, cuts and broken lines", async () => {
    const found = await find(SENTENCE);
    expect(found).toMatchObject({ grade: "says-so", title: TITLE, sentence: SENTENCE });
    expect(found.matches[0]?.score).toBe(1);
    for (const text of [
      "the widespread existence of massive activations across various LLMs",
      "First, we demonstrate the widespred existance of massive activations across variuos LLMs and characterise their locations",
      "we demonstrate the existence of massive activations across various LLMs and characterize their locations",
      "first, we demon-\nstrate the wide-\nspread existence of massive activations across various llms and charac-\nterize their locations.",
    ])
      expect(await find(text), text).toMatchObject({ grade: "says-so", title: TITLE, sentence: SENTENCE });
  });

  it("finds two sentences in a row together", async () => {
    const { paper } = await assistant.papers.get((await find(SENTENCE)).matches[0]?.paper.id ?? "");
    const from = paper.abstract.indexOf(SENTENCE);
    const both = paper.abstract.slice(from, paper.abstract.indexOf(". ", from + SENTENCE.length + 1) + 1);
    expect(await find(both)).toMatchObject({ grade: "says-so", sentence: both });
  });

  it("says nearly of the same in other words, and of the sentence with another number or its denial", async () => {
    for (const text of [
      "A handful of activations in LLMs have values a hundred thousand times larger than the rest.",
      "very few activations exhibit significantly larger values than others (e.g., 300,000 times larger)",
      "we do not demonstrate the widespread existence of massive activations across various LLMs",
    ])
      expect(await find(text), text).toMatchObject({ grade: "nearly", title: TITLE });
  });

  it("says nowhere of what other papers say, with the nearest all the same", async () => {
    const { matches } = await find(SENTENCE);
    const scope = { paperIds: (await assistant.papers.list({ limit: 100 })).papers.map(({ id }) => id) };
    scope.paperIds = scope.paperIds.filter((id) => id !== matches[0]?.paper.id);
    for (const [text, more] of [
      [SENTENCE, { scope }],
      ["Ospreys dive feet first and close their nostrils under water.", {}],
      ["We propose a method and show that it works well on several tasks.", {}],
      ["!!! 12 ???", {}],
      ["the of and in ".repeat(71), {}],
    ] as const) {
      const found = await find(text, more);
      expect(found.grade, text).toBe("nowhere");
      for (const { paper, sentence } of found.matches)
        expect(paper.abstract.slice(sentence.start, sentence.end)).toBe(sentence.text);
    }
  });
});
