import { expect, it } from "vitest";
import { answerTo, openAssistant, testConfig } from "../../support/open-assistant.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { thrownBy } from "../../support/thrown-by.ts";
import { writePapers } from "../../support/write-papers.ts";

const bees = { title: "Bees in towns", abstract: "Bees in towns live on balconies.", tags: ["insects"] };
const moths = { title: "Moths in towns", abstract: "Moths in towns live in parks." };
const wasps = { title: "Wasps in towns", abstract: "Wasps in towns live under roofs.", doi: "10.1/w" };

function start() {
  const folder = temporaryFolder();
  writePapers(`${folder}/seeds/a.jsonl`, [bees, moths]);
  writePapers(`${folder}/lab/b.jsonl`, [wasps, { ...moths, year: 2020 }]);
  return { folder, assistant: openAssistant(testConfig(folder)) };
}

it("puts what is ingested into a corpus, which can be asked, searched and listed alone", async () => {
  const { folder, assistant } = start();
  await assistant.start();
  await assistant.ingest({ paths: [`${folder}/lab`], corpus: "lab" });
  const titles = async (corpus: string) =>
    (await assistant.papers.list({ corpus, limit: 10 })).papers.map(({ title }) => title);
  // The second was there already, and is in it now.
  expect(await titles("lab")).toEqual(["Moths in towns", "Wasps in towns"]);
  const { results } = await assistant.search({ query: "bees", limit: 5, scope: { corpus: "lab" } });
  expect(results.map(({ paper }) => paper.title)).not.toContain("Bees in towns");
  const asked = await answerTo(assistant, "Where do bees live?", { scope: { corpus: "lab" } });
  expect(asked.citations.map(({ title }) => title)).not.toContain("Bees in towns");
  expect(asked.scope).toEqual({ corpus: "lab" });
  const { facets } = await assistant.papers.list({ facets: true, limit: 1 });
  expect(facets?.corpora).toEqual([{ value: "lab", papers: 2 }]);
  // What is read again without a name stays where it was, and nothing is embedded again for that.
  expect(await assistant.ingest({ paths: [`${folder}/lab`] })).toMatchObject({ unchanged: 3, embedded: 0 });
  expect(await titles("lab")).toEqual(["Moths in towns", "Wasps in towns"]);
  expect(
    await thrownBy(() => assistant.search({ query: "a", limit: 1, scope: { corpus: "home" } })),
  ).toMatchObject({ code: "not_found", field: "scope.corpus" });
});

it("keeps tags that are set by hand, whatever the files say afterwards", async () => {
  const { folder, assistant } = start();
  await assistant.start();
  const { papers } = await assistant.papers.list({ query: "bees", limit: 1 });
  const { id = "" } = papers[0] ?? {};
  const report = await assistant.tagPapers([id], { add: ["read", "insects"], remove: [] });
  expect(report).toMatchObject({ updated: 1, unchanged: 1, embedded: 0 });
  const tags = async () => (await assistant.papers.get(id)).paper.tags;
  expect(await tags()).toEqual(["insects", "read"]);
  await assistant.tagPapers([id], { remove: ["insects"] });
  expect(await tags()).toEqual(["read"]);
  writePapers(`${folder}/seeds/a.jsonl`, [{ ...bees, tags: ["insects", "towns"], year: 2001 }, moths]);
  expect(await assistant.ingest({})).toMatchObject({ updated: 1, embedded: 0 });
  expect(await tags()).toEqual(["read"]);
  expect(await assistant.ingest({})).toMatchObject({ updated: 0, unchanged: 2 });
  const { total } = await assistant.papers.list({ filter: { tags: ["read"] }, limit: 1 });
  expect(total).toBe(1);
  // A rebuild makes the vectors again, and takes nothing from what was set.
  await assistant.ingest({ rebuild: true });
  expect(await tags()).toEqual(["read"]);
  expect(await thrownBy(() => assistant.tagPapers(["none"], { add: ["a"] }))).toMatchObject({
    code: "not_found",
  });
});
