import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makePdf } from "../../support/make-pdf.ts";
import { answerTo, openAssistant, testConfig } from "../../support/open-assistant.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { thrownBy } from "../../support/thrown-by.ts";
import { writePapers } from "../../support/write-papers.ts";

const DETAIL = "The sled dogs were fed salmon oil twice a day during the crossing of the frozen lake.";
const BODY = [
  "We recruited twelve teams in the north. Each team had eight animals. All of them were healthy.",
  `Weather was recorded by hand. ${DETAIL} Nobody fell ill on the way. The route was marked with flags.`,
  "We thank the village for its help. The data are kept at the station. They can be read by anyone.",
].join("\n\n");

function corpus(): string {
  const folder = temporaryFolder();
  writePapers(`${folder}/seeds/a.jsonl`, [
    {
      title: "Endurance of working animals in the cold",
      abstract: "We measure how far working animals run in the cold. They run farther in teams.",
      body: BODY,
    },
    { title: "Tomato yield", abstract: "We measure how tomatoes grow in sand. They grow slowly." },
    { title: "Bridges of steel", abstract: "We load bridges of steel until they bend. They bend late." },
  ]);
  return folder;
}

describe("the text below an abstract", () => {
  it("answers what the abstract does not, in its own words and at its own offsets", async () => {
    const assistant = openAssistant(testConfig(corpus()));
    await assistant.start();
    const answer = await answerTo(assistant, "What were the sled dogs fed during the crossing?");
    const note = answer.citations.find(({ field }) => field === "body");
    expect(note?.quote).toContain("salmon oil");
    expect(BODY.slice(note?.start, note?.end)).toBe(note?.quote);
    expect(answer.confidence).toBe("high");
    const { text } = await assistant.papers.body(note?.paperId ?? "", { start: note?.start, end: note?.end });
    expect(text).toBe(note?.quote);
  });

  it("is left alone where the abstract answers", async () => {
    const assistant = openAssistant(testConfig(corpus()));
    await assistant.start();
    const answer = await answerTo(assistant, "How do working animals run in the cold?");
    expect(answer.citations.map(({ field }) => field)).not.toContain("body");
    expect(answer.citations.length).toBeGreaterThan(0);
  });

  it("is embedded once, and changes what is embedded when it changes", async () => {
    const folder = corpus();
    const assistant = openAssistant(testConfig(folder));
    await assistant.start();
    expect(await assistant.ingest({})).toMatchObject({ embedded: 0, unchanged: 3 });
    const { papers } = await assistant.papers.list({ query: "working animals", limit: 1 });
    const { id = "" } = papers[0] ?? {};
    expect((await assistant.papers.get(id)).body).toEqual({ length: BODY.length, sections: [] });
    writeFileSync(
      `${folder}/seeds/b.jsonl`,
      `${JSON.stringify({ title: "Snow", abstract: "We study snow.", body: "In spring it thaws at dawn on the southern slope. It is wet." })}\n`,
    );
    expect(await assistant.ingest({})).toMatchObject({ added: 1, embedded: 1 });
    const snow = await answerTo(assistant, "At what hour does it thaw on the southern slope?");
    expect(snow.citations[0]?.quote).toContain("thaws at dawn");
  });

  it("is told not to be there, and what spans it has", async () => {
    const assistant = openAssistant(testConfig(corpus()));
    await assistant.start();
    const idOf = async (query: string) =>
      (await assistant.papers.list({ query, limit: 1 })).papers[0]?.id ?? "";
    expect(await thrownBy(async () => assistant.papers.body(await idOf("tomato"), {}))).toMatchObject({
      code: "not_found",
      message: "“Tomato yield” came without the text below its abstract.",
    });
    const id = await idOf("working animals");
    expect((await assistant.papers.body(id, { start: 3, end: 9 })).text).toBe(BODY.slice(3, 9));
    for (const span of [{ start: BODY.length }, { start: 5, end: 5 }])
      expect(await thrownBy(() => assistant.papers.body(id, span))).toMatchObject({ code: "bad_request" });
  });

  it("of a PDF is quoted with its page and section, and shown so where the conversation is exported", async () => {
    const folder = corpus();
    const wrapped = (text: string, y: number) =>
      text
        .match(/.{1,70}(?:\s|$)/g)
        ?.map((line, at) => ({ text: line.trim(), x: 72, y: y - 14 * at, size: 11 })) ?? [];
    const pages = [
      [
        { text: "Kites above the harbour", x: 150, y: 720, size: 20, font: "bold" as const },
        { text: "Abstract", x: 72, y: 660, size: 13, font: "bold" as const },
        ...wrapped(
          "We watch kites above a harbour for a year. They rise with the morning wind and land at dusk.",
          640,
        ),
        { text: "1 Introduction", x: 72, y: 560, size: 13, font: "bold" as const },
        ...wrapped("Kites have been flown for long. Many were lost at sea. We ask why they rise.", 540),
      ],
      [
        { text: "2 Materials", x: 72, y: 700, size: 13, font: "bold" as const },
        ...wrapped(
          "Each kite was made of bamboo. The tails were soaked in beeswax to keep the rain off. We flew them daily.",
          680,
        ),
      ],
    ];
    writeFileSync(`${folder}/seeds/kites.pdf`, makePdf(pages, { Title: "Kites above the harbour" }));
    const assistant = openAssistant(testConfig(folder));
    await assistant.start();
    const answer = await answerTo(assistant, "What were the tails of the kites soaked in?");
    const note = answer.citations.find(({ quote }) => quote.includes("beeswax"));
    expect(note).toMatchObject({ field: "body", page: 2, section: "2 Materials" });
    const { chunks } = await assistant.conversations.export("local", answer.conversationId, "markdown");
    let markdown = "";
    for await (const chunk of chunks) markdown += chunk;
    expect(markdown).toContain("(p. 2, 2 Materials)");
  });
});
