import { describe, expect, it } from "vitest";
import { buildCorpus } from "../../../src/corpus/build/build-corpus.ts";
import { PaperCatalog } from "../../../src/corpus/catalog.ts";
import type { PaperRecord } from "../../../src/corpus/paper.ts";
import { formatReference } from "../../../src/references/references.ts";
import { makePaper } from "../../support/make-paper.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const FORMATS = ["bibtex", "ris", "csl-json"] as const;

async function ingested(body: string, previous?: PaperCatalog) {
  const folder = temporaryFolder({ "export.dat": body });
  return buildCorpus({ paths: ["export.dat"], seedsDir: "none", workingFolder: folder, previous });
}

describe("what was exported comes in again", () => {
  it.each(FORMATS)("the seeds as %s: the same papers, with the text that they have", async (format) => {
    const { stored } = await buildCorpus({ paths: ["seeds"], seedsDir: "seeds" });
    const before = stored.map(({ paper }) => paper);
    const { body } = await formatReference(before, format);
    const { stored: after, counts, problems } = await ingested(body, new PaperCatalog(stored));
    expect(problems).toEqual([]);
    expect(counts).toMatchObject({ added: 0, removed: 0, duplicates: 0 });
    // The id and the revision are what a vector is kept by.
    expect(after.map(({ paper: { id, revision } }) => [id, revision])).toEqual(
      before.map(({ id, revision }) => [id, revision]),
    );
  });

  const records: PaperRecord[] = [
    {
      title: "On C++ & $k$-means_x: 50% of #1 ~ gulls",
      authors: ["de la Cruz AB", "Smith JA"],
      year: 2020,
    },
    {
      title: "“Quotes” and ‘others’ – naïve Gödel",
      authors: ["Friends of the Gull", "World Health Organization"],
    },
    {
      title: "机器学习",
      authors: ["山田, 太郎", "Иванов И. И."],
      venue: "J. Gulls & Bins_1",
      doi: "10.1000/a_b(1)",
    },
    {
      title: "Less < more and <b>",
      authors: ["King, Jr., Martin", "García Márquez, Gabriel"],
      arxivId: "2101.00001",
    },
    { title: "Retracted: gulls", flags: ["retracted"], doi: "10.1000/r" },
  ].map((record) => ({ abstract: "", ...record }));

  it.each(FORMATS)("marks, names and flags as %s", async (format) => {
    const papers = records.map((record) => makePaper(record).paper);
    const { body } = await formatReference(papers, format);
    const { stored } = await ingested(body);
    const again = await formatReference(
      stored.map(({ paper }) => paper),
      format,
    );
    // Authors may be written in another way, and are the same when they are written again.
    expect(again.body).toBe(body);
    expect(stored.map(({ paper }) => [paper.id, paper.flags])).toEqual(
      papers.map(({ id, flags }) => [id, flags]),
    );
  });
});
