import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { seedDumpReader } from "../../../../src/corpus/readers/seed-dump.ts";
import { collect } from "../collect.ts";
import { readSeeds } from "../seeds.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const HEADER =
  "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\n";

async function read(body: string | Buffer) {
  const folder = temporaryFolder({ "page.txt": Buffer.concat([Buffer.from(HEADER), Buffer.from(body)]) });
  const items = await collect(seedDumpReader.read(`${folder}/page.txt`));
  return {
    papers: items.flatMap((item) => ("record" in item ? [[item.record.title, item.record.abstract]] : [])),
    problems: items.flatMap((item) => ("problem" in item ? [[item.problem.line, item.problem.reason]] : [])),
  };
}

describe("the real seed file", () => {
  it("holds 236 papers", async () => {
    expect(await readSeeds()).toHaveLength(236);
  });

  it("begins and ends with these", async () => {
    const papers = await readSeeds();
    const [first, last] = [papers[0], papers.at(-1)];
    expect(first?.title).toBe(
      "NIRVANA: Neural Implicit Representations of Videos with Adaptive Networks and Autoregressive Patch-wise Modeling",
    );
    expect(first?.abstract).toMatch(
      /^Implicit Neural Representations \(INR\) have .* various deployment scenarios\.$/,
    );
    expect(first?.abstract).toHaveLength(1617);
    expect(last?.title).toBe("Yo'LLaVA: Your Personalized Language and Vision Assistant");
    expect(last?.abstract).toMatch(
      /^Large Multimodal Models .* strong prompting baselines \(e\.g\., LLaVA\)\.$/,
    );
    expect(last?.abstract).toHaveLength(1279);
  });

  it("comes out line for line, but for the word glued to the first title", async () => {
    const lines = readFileSync("seeds/trending-papers.txt", "utf8").split("\n").slice(2);
    const read = (await readSeeds()).flatMap(({ title, abstract }) => [title, abstract]);
    expect([`Subscribe${read[0]}`, ...read.slice(1)]).toEqual(lines);
  });

  it("leaves no residue of the page at either end of any text", async () => {
    for (const { title, abstract } of await readSeeds()) {
      for (const text of [title, abstract]) {
        expect(text).not.toBe("");
        expect(text).toBe(text.trim());
        expect(text).not.toMatch(/^Subscribe|^Get trending|0$/);
      }
      expect(title.length).toBeLessThan(abstract.length);
    }
  });

  it("keeps quotes and LaTeX as they are", async () => {
    const all = (await readSeeds()).map(({ abstract }) => abstract).join("\n");
    for (const kept of ["People ``understand'' the world", "5\\%)", "{\\em ", '"visual scratchpads"']) {
      expect(all).toContain(kept);
    }
  });
});

describe("a saved page", () => {
  it("loses its button and the counter under its last paper", async () => {
    const { papers, problems } = await read("SubscribeOne\nAbout 1.\nTwo\nIt gains 0.500\n0\n");
    expect(papers).toEqual([
      ["One", "About 1."],
      ["Two", "It gains 0.50"],
    ]);
    expect(problems).toEqual([]);
  });

  it("keeps a final 0 where there is no counter, and only one is taken off where there is", async () => {
    expect((await read("SubscribeOne\nFrom 10 to 100")).papers).toEqual([["One", "From 10 to 100"]]);
    expect((await read("SubscribeOne\nFrom 10 to 100\nTwo\nEnds.0\n0")).papers).toEqual([
      ["One", "From 10 to 100"],
      ["Two", "Ends."],
    ]);
    const blankAfter = await read("SubscribeOne\nEnds.\n0\n\n\n");
    expect(blankAfter).toEqual({ papers: [["One", "Ends."]], problems: [] });
  });

  it("may have a paper that is called 0", async () => {
    expect((await read("SubscribeOne\nTo 10\n0\nAbout zero.")).papers).toEqual([
      ["One", "To 10"],
      ["0", "About zero."],
    ]);
  });

  it("is read with CRLF, a byte order mark and runs of white space", async () => {
    const { papers } = await read("SubscribeOne\r\nTwo  spaces, é.\r\n");
    expect(papers).toEqual([["One", "Two spaces, é."]]);
  });

  it("loses the word of the button only in front of the first title", async () => {
    const { papers } = await read("SubscribeSubscribe Now\nAbout.\nSubscribeTwo\nAbout.");
    expect(papers.map(([title]) => title)).toEqual(["Subscribe Now", "SubscribeTwo"]);
  });

  it("reports a title without an abstract, an empty abstract and goes on in step", async () => {
    const broken = Buffer.from([0xff, 0xfe]);
    const body = Buffer.concat([
      Buffer.from("SubscribeOne\n\nTwo\n"),
      broken,
      Buffer.from("\n"),
      broken,
      Buffer.from("\nOf three.\nFour\nOf four.\nFive\n"),
    ]);
    const { papers, problems } = await read(body);
    // What is no UTF-8 is Latin-1.
    expect(papers).toEqual([
      ["Two", "ÿþ"],
      ["ÿþ", "Of three."],
      ["Four", "Of four."],
    ]);
    expect(problems).toEqual([
      [4, "the abstract is empty"],
      [11, "the title has no abstract"],
    ]);
  });

  it("that has lost a line does not turn abstracts into titles", async () => {
    const abstract = "An abstract of some length. ".repeat(20);
    const { papers, problems } = await read(
      `SubscribeOne\n${abstract}\n${abstract}\nThree\n${abstract}\nFour\n`,
    );
    expect(papers).toEqual([["One", abstract]]);
    expect(problems.map(([line]) => line)).toEqual([5, 7]);
    expect(problems[0]?.[1]).toContain("out of step");
  });
});

describe("recognising a saved page", () => {
  it.each([
    ["page.txt", `${HEADER}SubscribeNIRVANA\n`, true],
    ["page.TXT", `${HEADER}SubscribeiBOT\n`, true],
    ["page.jsonl", `${HEADER}SubscribeNIRVANA\n`, true],
    ["page.txt", `${HEADER}Subscribers and Readers\n`, false],
    ["page.txt", `${HEADER}Subscribe to this\n`, false],
    ["notes.txt", "One\nTwo\nThree\n", false],
    ["empty.txt", "", false],
  ])("%s with %j: %s", (name, head, expected) => {
    expect(seedDumpReader.accepts({ name, text: head, bytes: Buffer.from(head) })).toBe(expected);
  });
});
