import { renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { buildCorpus } from "../../../../src/corpus/build/build-corpus.ts";
import { MAX_PROBLEMS_PER_FILE } from "../../../../src/corpus/build/problem-log.ts";
import { PaperCatalog } from "../../../../src/corpus/catalog.ts";
import { AppError } from "../../../../src/errors.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const jsonl = (...titles: string[]): string =>
  titles.map((title) => `${JSON.stringify({ title, abstract: `About ${title}.` })}\n`).join("");

/** A working folder with seeds/ in it, ingested again and again, each time onto what the last one left. */
class Workspace {
  readonly folder: string;
  #catalog: PaperCatalog | undefined;

  constructor(files: Record<string, string | Uint8Array>) {
    this.folder = temporaryFolder(files);
  }

  async ingest(...paths: string[]) {
    const build = await buildCorpus({
      paths,
      seedsDir: "seeds",
      previous: this.#catalog,
      workingFolder: this.folder,
    });
    this.#catalog = new PaperCatalog(build.stored);
    return build;
  }

  titles(): string[] {
    return this.#catalog?.all().map(({ title }) => title) ?? [];
  }

  write(name: string, content: string): void {
    writeFileSync(path.join(this.folder, name), content);
  }

  remove(name: string): void {
    rmSync(path.join(this.folder, name), { recursive: true });
  }

  rename(from: string, to: string): void {
    renameSync(path.join(this.folder, from), path.join(this.folder, to));
  }
}

describe("buildCorpus", () => {
  it("reads the seeds of this repository", async () => {
    const { stored, counts, problems } = await buildCorpus({ paths: ["seeds"], seedsDir: "seeds" });
    expect(counts).toEqual({ added: 236, updated: 0, removed: 0, unchanged: 0, duplicates: 11 });
    expect(problems).toEqual([]);
    expect(new Set(stored.map(({ paper }) => paper.id)).size).toBe(236);
    expect(new Set(stored.map(({ paper }) => paper.source))).toEqual(new Set(["trending-papers.txt"]));
    expect(stored.flatMap(({ paper }) => paper.links ?? [])).toContain("https://github.com/BatsResearch/csp");
  });

  it("tells papers of several files, each with where it is from, and no absolute path", async () => {
    const work = new Workspace({ "seeds/sub/a.jsonl": jsonl("One"), "more/b.jsonl": jsonl("Two", "one") });
    const { stored, counts } = await work.ingest("seeds", "more/b.jsonl");
    expect(stored.map(({ paper, origins }) => [paper.title, paper.source, origins])).toEqual([
      ["One", "sub/a.jsonl", ["seeds:sub/a.jsonl", `file:${work.folder}/more/b.jsonl`]],
      ["Two", "b.jsonl", [`file:${work.folder}/more/b.jsonl`]],
    ]);
    expect(counts).toMatchObject({ added: 2, duplicates: 1 });
    expect(JSON.stringify(stored.map(({ paper }) => paper))).not.toContain(work.folder);
  });

  it("reports what is broken by file and line, and lets nothing of it stop the rest", async () => {
    const work = new Workspace({
      "seeds/a.jsonl": `${jsonl("One")}{broken\n${jsonl("Two")}`,
      "seeds/b.pdf": "%PDF",
      "seeds/c.jsonl": "",
      "seeds/d.jsonl.gz": gzipSync(jsonl("Three")).subarray(0, 20),
      "seeds/e.jsonl": jsonl("Four"),
    });
    const { stored, problems } = await work.ingest("missing.jsonl", "seeds");
    expect(stored.map(({ paper }) => paper.title)).toEqual(["One", "Two", "Four"]);
    expect(problems.map(({ file, line }) => [file, line])).toEqual([
      ["missing.jsonl", undefined],
      ["seeds/a.jsonl", 2],
      ["seeds/b.pdf", undefined],
      ["seeds/c.jsonl", undefined],
      ["seeds/d.jsonl.gz", 1],
    ]);
    expect(problems[2]?.reason).toMatch(/^unknown format.*JSON Lines/);
    expect(problems[3]?.reason).toBe("holds no papers");
  });

  it("bounds the problems of one file and counts the rest", async () => {
    const work = new Workspace({ "a.jsonl": `${jsonl("One")}${"{\n".repeat(MAX_PROBLEMS_PER_FILE + 7)}` });
    const { problems } = await work.ingest("a.jsonl");
    expect(problems).toHaveLength(MAX_PROBLEMS_PER_FILE + 1);
    expect(problems.at(-1)).toEqual({ file: "a.jsonl", reason: "7 more records could not be used" });
  });

  it("tells its progress in bytes, up to all of them", async () => {
    const work = new Workspace({ "a.jsonl": jsonl("One"), "b.jsonl": jsonl("Two", "Three") });
    const steps: { done: number; total: number }[] = [];
    await buildCorpus({
      paths: ["."],
      seedsDir: "seeds",
      workingFolder: work.folder,
      onProgress: (step) => steps.push(step),
    });
    const total = jsonl("One", "Two", "Three").length;
    expect(steps.at(-1)).toEqual({ done: total, total });
    expect(steps.map(({ done }) => done)).toEqual(steps.map(({ done }) => done).sort((a, b) => a - b));
  });

  it("stops when asked", async () => {
    const reading = buildCorpus({ paths: ["seeds"], seedsDir: "seeds", signal: AbortSignal.abort() });
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
    const stop = new AbortController();
    const stopped = buildCorpus({
      paths: ["seeds"],
      seedsDir: "seeds",
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
  });
});

it("fills in what records without a text know of a paper, whichever file is read first", async () => {
  const text = { title: "On Wrens", abstract: "Wrens sing at dawn." };
  const record = { title: "On wrens", authors: ["Max Weber"], year: 2019, arxivId: "1901.00001" };
  const alone = await new Workspace({ "seeds/b.jsonl": `${JSON.stringify(text)}\n` }).ingest("seeds");
  const workspace = new Workspace({
    "seeds/a.jsonl": `${JSON.stringify(record)}\n`,
    "seeds/b.jsonl": `${JSON.stringify(text)}\n`,
  });
  const { stored } = await workspace.ingest("seeds");
  expect(stored).toHaveLength(1);
  // The paper is the one that it is without the record, with the same text from the same file.
  const { paper } = alone.stored[0]!;
  const { authors, year, arxivId } = record;
  expect(stored[0]?.paper).toEqual({ ...paper, authors, year, arxivId });
  workspace.remove("seeds/a.jsonl");
  expect((await workspace.ingest("seeds")).stored[0]?.paper.abstract).toBe(text.abstract);
});

describe("an ingest without papers", () => {
  it.each<[string, Record<string, string>, string]>([
    ["a path that is missing", {}, "seeds: no such file or folder"],
    ["an empty folder", { "seeds/.keep": "" }, "No papers came out of seeds:"],
    ["broken records alone", { "seeds/a.jsonl": "{\n{\n" }, "seeds/a.jsonl:1: not valid JSON"],
  ])("is an error: %s", async (_, files, message) => {
    const failed = new Workspace(files).ingest("seeds");
    await expect(failed).rejects.toBeInstanceOf(AppError);
    await expect(failed).rejects.toMatchObject({
      code: "bad_request",
      message: expect.stringContaining(message),
    });
    await expect(failed).rejects.toMatchObject({
      message: expect.stringMatching(/name files or folders.*JSON Lines/),
    });
  });

  it("is an error on top of a corpus too, which it leaves alone", async () => {
    const work = new Workspace({ "seeds/a.jsonl": jsonl("One") });
    await work.ingest("seeds");
    await expect(work.ingest("typo.jsonl")).rejects.toMatchObject({ code: "bad_request" });
    work.remove("seeds/a.jsonl");
    await expect(work.ingest("seeds")).rejects.toMatchObject({ code: "bad_request" });
    expect(work.titles()).toEqual(["One"]);
  });
});

describe("ingesting again", () => {
  it("changes nothing when no file has", async () => {
    const work = new Workspace({
      "seeds/a.jsonl": jsonl("One", "Two"),
      "seeds/b.jsonl": jsonl("Two", "Three"),
    });
    const first = await work.ingest("seeds");
    const second = await work.ingest("seeds");
    expect(second.counts).toEqual({ added: 0, updated: 0, removed: 0, unchanged: 3, duplicates: 1 });
    expect(second.stored.every((stored, i) => stored === first.stored[i])).toBe(true);
  });

  it("adds, updates and removes what a file has gained, changed and lost", async () => {
    const work = new Workspace({ "seeds/a.jsonl": jsonl("One", "Two", "Three") });
    await work.ingest("seeds");
    work.write("seeds/a.jsonl", `${jsonl("One")}{"title": "Two", "abstract": "Changed."}\n${jsonl("Four")}`);
    const { counts } = await work.ingest("seeds");
    expect(work.titles()).toEqual(["One", "Two", "Four"]);
    expect(counts).toEqual({ added: 1, updated: 1, removed: 1, unchanged: 1, duplicates: 0 });
  });

  it("removes the papers of a file that is gone from the folder, but for those that another file holds", async () => {
    const work = new Workspace({
      "seeds/a.jsonl": jsonl("One", "Two"),
      "seeds/s/b.jsonl": jsonl("Two", "Three"),
    });
    await work.ingest("seeds");
    work.remove("seeds/s");
    await work.ingest("seeds");
    expect(work.titles()).toEqual(["One", "Two"]);
  });

  it("keeps a paper, its id and its place when its file is renamed", async () => {
    const work = new Workspace({ "seeds/a.jsonl": jsonl("One"), "seeds/b.jsonl": jsonl("Two") });
    const before = await work.ingest("seeds");
    work.rename("seeds/a.jsonl", "seeds/c.jsonl");
    const { stored, counts } = await work.ingest("seeds");
    expect(stored.map(({ paper }) => paper.id)).toEqual(before.stored.map(({ paper }) => paper.id));
    expect(stored[0]?.paper.source).toBe("c.jsonl");
    expect(counts).toMatchObject({ added: 0, removed: 0 });
  });

  it("keeps the papers of files that were not asked for", async () => {
    const work = new Workspace({ "seeds/a.jsonl": jsonl("One"), "more/b.jsonl": jsonl("Two") });
    await work.ingest("seeds");
    await work.ingest("more");
    work.remove("more");
    await work.ingest("seeds");
    expect(work.titles()).toEqual(["One", "Two"]);
  });

  it.each<[string, (work: Workspace) => void]>([
    [
      "has the other paper in a record that is broken",
      (work) => work.write("seeds/a.jsonl", `${jsonl("One")}{"title": "Two", "abstract": \n`),
    ],
    ["holds broken records alone", (work) => work.write("seeds/a.jsonl", "{\n")],
    ["is cut off", (work) => work.write("seeds/a.jsonl", jsonl("One", "Two").slice(0, -3))],
    ["is empty", (work) => work.write("seeds/a.jsonl", "")],
    [
      "is a link that leads nowhere",
      (work) => {
        work.remove("seeds/a.jsonl");
        symlinkSync("nowhere", path.join(work.folder, "seeds/a.jsonl"));
      },
    ],
    ["is no longer of a known format", (work) => work.write("seeds/page.txt", "Something else.")],
  ])("removes nothing of a file that %s", async (_, breakFile) => {
    const page = "Header\nHeader\nSubscribeThree\nAbout three.\n";
    const work = new Workspace({ "seeds/a.jsonl": jsonl("One", "Two"), "seeds/page.txt": page });
    await work.ingest("seeds");
    breakFile(work);
    const { counts, problems } = await work.ingest("seeds");
    expect(problems).toHaveLength(1);
    expect(counts.removed).toBe(0);
    expect(work.titles()).toEqual(["One", "Two", "Three"]);
  });

  it("removes what has left a file, also when other records of it are broken", async () => {
    const broken =
      '{"title": 7, "abstract": "No title."}\n{"title": "No abstract", "abstract": null}\n{broken\n';
    const work = new Workspace({ "seeds/a.jsonl": `${jsonl("One", "Two")}${broken}` });
    await work.ingest("seeds");
    work.write("seeds/a.jsonl", `${jsonl("Two")}${broken}`);
    const { counts, problems } = await work.ingest("seeds");
    expect(counts.removed).toBe(1);
    expect(work.titles()).toEqual(["Two", "No abstract"]);
    expect(problems.map(({ line }) => line)).toEqual([2, 4]);
  });

  it("removes nothing when the file that is asked for is missing", async () => {
    const work = new Workspace({ "a.jsonl": jsonl("One"), "b.jsonl": jsonl("Two") });
    await work.ingest("a.jsonl", "b.jsonl");
    work.remove("a.jsonl");
    const { problems } = await work.ingest("a.jsonl", "b.jsonl");
    expect(problems).toEqual([{ file: "a.jsonl", reason: "no such file or folder" }]);
    expect(work.titles()).toEqual(["One", "Two"]);
  });
});
