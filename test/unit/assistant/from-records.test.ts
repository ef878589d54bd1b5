import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Assistant } from "../../../src/assistant.ts";
import { Answer } from "../../../src/protocol.ts";
import { openModelServer } from "../../support/model-server/open-model-server.ts";
import { answerTo, openAssistant, testConfig } from "../../support/open-assistant.ts";
import { copySeedsIndex } from "../../support/seeds-index.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** Seven papers of our own with records, one of them without; the seeds, of which 11 have a record. */
const folder = mkdtempSync(path.join(tmpdir(), "footnote-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(`${folder}/shore`);
cpSync("test/fixtures/shore-papers.jsonl", `${folder}/shore/papers.jsonl`);

async function open(seeds = `${folder}/shore`, more: Record<string, string> = {}): Promise<Assistant> {
  const index = path.join(folder, `index-${path.basename(seeds)}`);
  const assistant = openAssistant(
    testConfig(temporaryFolder(), { SEEDS_DIR: seeds, VECTORSTORE_DIR: index, ...more }),
  );
  await assistant.start();
  return assistant;
}

const titles = ({ sources }: Answer) => sources.map(({ paper }) => paper.title);
const HOPPERS = "Tidal clocks of sand hoppers";

describe("answers from the records", () => {
  it("count and list papers, newest first, as sources that a page can open", async () => {
    const assistant = await open();
    const count = Answer.parse(await answerTo(assistant, "How many papers are there?"));
    expect(count).toMatchObject({ shape: "catalogue", confidence: "high", citations: [], sources: [] });
    expect(count.text).toBe("There are 7 papers here; 6 have a year, from 2016 to 2024.");
    const all = Answer.parse(await answerTo(assistant, "What papers do you have?"));
    expect(all.shape).toBe("catalogue");
    expect(all.sources.map(({ paper }) => paper.year)).toEqual([
      2024,
      2023,
      2023,
      2021,
      2019,
      2016,
      undefined,
    ]);
    expect(all.text).toContain("1. *Counting limpets from photographs* (Lee Quist et al., 2024)");
    const topic = await answerTo(assistant, "How many papers are about lichens?");
    expect(topic.text).toContain("2 of the 7 papers here mention “lichens” in title or abstract:");
  });

  it("list an author's papers, a year's and a venue's", async () => {
    const assistant = await open();
    for (const [question, expected, confidence] of [
      ["papers by I. Marlow", ["Lichen on harbour walls", "Sand hoppers and moonlight", HOPPERS], "high"],
      ["papers by Ines Marlow since 2020", ["Lichen on harbour walls"], "high"],
      ["Which papers appeared in Shore Letters before 2019?", [HOPPERS], "high"],
      ["papers from 2023", ["Lichen measures the air of towns", "How deep lugworms dig"], "high"],
      ["papers by Xenia Nobody", [], "none"],
      ["papers before 2010", [], "high"],
    ] as const) {
      const answer = await answerTo(assistant, question);
      expect(answer).toMatchObject({ shape: "catalogue", confidence });
      expect(titles(answer)).toEqual(expected);
    }
  });

  it("are exported with the papers they name", async () => {
    const assistant = await open();
    const { conversationId } = await answerTo(assistant, "papers by Petra Oduya");
    const { chunks } = await assistant.conversations.export("local", conversationId, "bibtex");
    let text = "";
    for await (const chunk of chunks) text += chunk;
    expect(text.match(/^@/gm)).toHaveLength(3);
    expect(text).toContain("Lichen measures the air of towns");
  });

  it("name newest and oldest by their year", async () => {
    const assistant = await open();
    const newest = await answerTo(assistant, "What is the newest paper here?");
    expect(newest.text).toMatch(/^The newest paper here is from 2024/);
    expect(titles(newest)[0]).toBe("Counting limpets from photographs");
    expect(titles(await answerTo(assistant, "the oldest papers"))[0]).toBe(HOPPERS);
  });

  it("tell of one paper who, when and where, and what its record lacks", async () => {
    const assistant = await open();
    const who = await answerTo(assistant, `Who wrote ${HOPPERS}, and where was it published?`);
    expect(who).toMatchObject({ shape: "catalogue", confidence: "high" });
    expect(who.text).toContain("Authors: Ines Marlow, Tomas van der Wijk");
    expect(who.text).toContain("Published in: Shore Letters");
    const lacking = await answerTo(assistant, "When was Limpets return home published?");
    expect(lacking).toMatchObject({ shape: "catalogue", confidence: "none", abstained: true });
    expect(lacking.text).toBe("The record of *Limpets return home* names no year.");
  });

  it("put a question to the papers that it filters, and say so in the scope", async () => {
    const assistant = await open();
    const answer = await answerTo(assistant, "papers on sand hoppers by Ines Marlow after 2017");
    expect(answer.standaloneQuestion).toBe("Which papers are about sand hoppers?");
    expect(answer).toMatchObject({ scope: { filter: { yearFrom: 2018 } }, scopeRead: true });
    expect(answer.citations.map(({ title }) => title)).toContain("Sand hoppers and moonlight");
    expect(titles(answer)).not.toContain(HOPPERS);
    const venue = await answerTo(assistant, "Which papers in Shore Letters are about sand hoppers?");
    expect(venue.scope).toEqual({ filter: { venue: "Shore Letters" } });
    const within = await answerTo(assistant, "How many papers are there?", {
      scope: { filter: { yearFrom: 2021 } },
    });
    expect(within.text).toBe("There are 4 papers here, from 2021 to 2024.");
    expect(within.scopeRead).toBeUndefined();
  });

  it("ask the paper of an id alone, and say when there is none", async () => {
    const assistant = await open();
    for (const question of ["Summarize arXiv 1603.04411", "Summarize doi:10.5555/S.1"]) {
      const answer = await answerTo(assistant, question);
      expect(answer.shape).toBe("summary");
      expect(titles(answer)).toEqual([HOPPERS]);
      expect(answer.scope?.paperIds).toEqual([answer.sources[0]?.paper.id]);
    }
    const unknown = await answerTo(assistant, "Summarize arXiv 1709.00001");
    expect(unknown).toMatchObject({ shape: "catalogue", confidence: "none", sources: [] });
    expect(unknown.text).toBe("No paper here has the arXiv id 1709.00001.");
  });

  it("follow up on a paper that was spoken of", async () => {
    const assistant = await open();
    const { conversationId } = await answerTo(assistant, `What does ${HOPPERS} find?`);
    const ask = (question: string) => answerTo(assistant, question, { conversationId });
    expect((await ask("is there code?")).text).toContain("https://github.com/example/hoppers");
    expect((await ask("who wrote it?")).text).toContain("Ines Marlow");
    expect((await ask("when?")).text).toContain("Year: 2016");
    const near = await ask("give me two similar papers");
    expect(titles(near)).toHaveLength(2);
    expect(titles(near)).not.toContain(HOPPERS);
    // A list of records is spoken of as one of citations is.
    expect(titles(await ask("when was the second one published?"))).toEqual([titles(near)[1]]);
  });
});

describe("with a language model", () => {
  it("answers from the records without it", async () => {
    const server = await openModelServer();
    const assistant = await open(undefined, server.environment("openai"));
    const first = await answerTo(assistant, "papers by Ines Marlow");
    expect(first).toMatchObject({ shape: "catalogue", model: "extractive" });
    const { conversationId } = first;
    const second = await answerTo(assistant, "when was the second one published?", { conversationId });
    expect(second.text).toContain("Year: 2019");
    expect(server.requests).toEqual([]);
  });
});

describe("a corpus of titles and abstracts alone", () => {
  it("says what its records lack", async () => {
    mkdirSync(`${folder}/bare`);
    const bare = ["wrens", "herons"].map((name) => ({
      title: `On ${name}`,
      abstract: `The ${name} sing at dawn.`,
    }));
    writeFileSync(`${folder}/bare/papers.jsonl`, bare.map((one) => `${JSON.stringify(one)}\n`).join(""));
    const assistant = await open(`${folder}/bare`);
    expect((await answerTo(assistant, "How many papers are there?")).text).toBe("There are 2 papers here.");
    for (const [question, kind] of [
      ["What is the newest paper here?", "years"],
      ["papers by Ada Tester", "authors"],
      ["Which papers appeared in Night Ecology?", "venues"],
    ] as const) {
      const answer = await answerTo(assistant, question);
      expect(answer).toMatchObject({ shape: "catalogue", confidence: "none" });
      expect(answer.text).toBe(`The records here have no ${kind}.`);
    }
  });
});

describe("the seeds, of which few have a record", () => {
  it("say of how many papers an answer is true, and answer what they can", async () => {
    copySeedsIndex(path.join(folder, "index-seeds"));
    const assistant = await open("seeds");
    expect((await answerTo(assistant, "How many papers are there?")).text).toBe(
      "There are 236 papers here; 11 have a year, from 2011 to 2018.",
    );
    const newest = await answerTo(assistant, "What is the newest paper here?");
    expect(newest.text).toContain("from 2018");
    expect(newest.text).toMatch(/Only 11 of the 236 records name a year\.$/);
    const own = await answerTo(assistant, "papers by Oriol Vinyals");
    expect(titles(own)).toEqual(["Pointer Networks"]);
    expect(own.text).toMatch(/Only 11 of the 236 records name authors\.$/);
    const all = await answerTo(assistant, "What papers do you have?");
    expect(all.sources).toHaveLength(20);
    expect(all.text).toContain("and 216 more");
    const [listed, plain] = [
      await answerTo(assistant, "List all papers about quantization"),
      await answerTo(assistant, "Which papers are about quantization?"),
    ];
    expect(listed.text).toBe(plain.text);
    expect(listed.citations.length).toBeGreaterThan(0);
    const titan = await answerTo(assistant, "How does Titans handle a long context?");
    const code = await answerTo(assistant, "Is there code?", { conversationId: titan.conversationId });
    expect(code.text).toBe(
      "The abstract and record of *Titans: Learning to Memorize at Test Time* name no code.",
    );
  });
});
