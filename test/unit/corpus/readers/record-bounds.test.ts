import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readFile } from "../../../../src/corpus/readers/read-file.ts";
import type { ReadItem } from "../../../../src/corpus/readers/reader.ts";
import { RECORD_BOUNDS } from "../../../../src/corpus/readers/record/record-bounds.ts";
import { collect } from "../collect.ts";
import { temporaryFolder } from "../temporary-folder.ts";

async function read(content: string | Uint8Array, name = "papers.jsonl") {
  const items: ReadItem[] = await collect(readFile(`${temporaryFolder({ [name]: content })}/${name}`));
  return {
    records: items.flatMap((item) => ("record" in item ? [item.record] : [])),
    notes: items.flatMap((item) => ("record" in item ? (item.notes ?? []) : [])),
    problems: items.flatMap((item) => ("problem" in item ? [item.problem] : [])),
  };
}

const valid = { title: "T", abstract: "A" };
const around = (line: string): string =>
  [JSON.stringify({ ...valid, title: "One" }), line, JSON.stringify({ ...valid, title: "Three" })].join("\n");

const { title, abstract, author, authors, authorText, venue, address, tag, tags } = RECORD_BOUNDS;
const names = (count: number) => Array.from({ length: count }, (_, at) => `Ada ${at}`);

describe("what a record may hold", () => {
  it.each<[string, object, string]>([
    ["title", { title: "B’".repeat(title) }, "title has 2,000 letters, at most 1,000 are read"],
    [
      "abstract",
      { abstract: "word ".repeat(20_000) },
      "abstract has 99,999 letters, at most 50,000 are read",
    ],
  ])("its %s: the record is told with its line, and the rest goes on", async (_, fields, reason) => {
    const { records, problems } = await read(around(JSON.stringify({ ...valid, ...fields })));
    expect(records.map((record) => record.title)).toEqual(["One", "Three"]);
    expect(problems).toEqual([{ line: 2, reason }]);
  });

  it.each<[string, object, string]>([
    [
      "author",
      { authors: ["A".repeat(author + 1)] },
      "authors left out: has a name that has 201 letters, at most 200 are read",
    ],
    ["authors", { authors: names(authors + 1) }, "authors left out: has 6,001 names, at most 6000 are read"],
    [
      "names together",
      { authors: ["A, ".repeat(authorText / 2)] },
      "authors left out: has 179,999 letters, at most 120,000 are read",
    ],
    ["venue", { venue: "V".repeat(venue + 1) }, "venue left out: has 1,001 letters, at most 1,000 are read"],
    [
      "url",
      { url: `https://a.org/${"b".repeat(address)}` },
      "url left out: has 2,014 letters, at most 2,000 are read",
    ],
    [
      "doi",
      { doi: `10.1000/${"b".repeat(address)}` },
      "doi left out: has 2,008 letters, at most 2,000 are read",
    ],
    ["tags", { tags: names(tags + 1) }, "tags cut: has more than 200 entries"],
  ])("its %s: the member is left out and told, and the paper comes in", async (_, fields, note) => {
    const { records, problems, notes } = await read(around(JSON.stringify({ ...valid, ...fields })));
    expect(records.map((record) => record.title)).toEqual(["One", "T", "Three"]);
    expect(problems).toEqual([]);
    expect(notes).toEqual([note]);
  });

  it("up to each bound", async () => {
    const most = {
      title: "t".repeat(title),
      abstract: "a".repeat(abstract),
      authors: ["n".repeat(author), ...names(authors - 1)],
      venue: "v".repeat(venue),
      tags: ["t".repeat(tag), ...names(tags - 1)],
    };
    const { records, problems } = await read(JSON.stringify(most));
    expect(problems).toEqual([]);
    expect(records).toEqual([most]);
  });

  it("counts a run of white space as the one space that it is kept as", async () => {
    const { records } = await read(
      JSON.stringify({
        title: `A${"\t".repeat(100_000)}B`,
        abstract: `One.${" ".repeat(60_000)}Two.\n \n\nThree.`,
      }),
    );
    expect(records).toEqual([{ title: "A B", abstract: "One. Two.\n\nThree." }]);
  });

  it("in the saved page too", async () => {
    const page = `Head\nHead\nSubscribeOne\nFirst.\nTwo\n${"word ".repeat(20_000)}\nThree\nThird.\n`;
    const { records, problems } = await read(page, "page.txt");
    expect(records.map((record) => record.title)).toEqual(["One", "Three"]);
    expect(problems).toEqual([
      { line: 6, reason: "the abstract has 100,000 letters, at most 50,000 are read" },
    ]);
  });
});

describe("a record that is nested too deep to be quoted", () => {
  it.each(["[", '{"a":'])("loses its line, not its file: %s", async (open) => {
    const close = open === "[" ? "]" : "}";
    const deep = `${open.repeat(200_000)}1${close.repeat(200_000)}`;
    const { records, problems } = await read(around(`{"title": ${deep}, "abstract": "x"}`));
    expect(records.map((record) => record.title)).toEqual(["One", "Three"]);
    expect(problems).toMatchObject([{ line: 2 }]);
  });
});

describe("a file of lines without papers", () => {
  it.each([
    ["{}\n", 10_000],
    ["\n", 0],
  ])("is not read on behind 10,000 of them: %j", async (line, told) => {
    const { records, problems } = await read(gzipSync(line.repeat(10_000_000)), "papers.jsonl.gz");
    expect(records).toEqual([]);
    expect(problems).toHaveLength(told + 1);
    expect(problems.at(-1)).toEqual({
      line: 10_001,
      reason: "10,000 lines in a row hold no paper: the file is not read on",
    });
  });

  it("is read on where papers stand between them", async () => {
    const part = `${"\n".repeat(9_999)}${JSON.stringify(valid)}\n`;
    expect((await read(part.repeat(3))).records).toHaveLength(3);
  });

  it("is not read on where it swells as no papers do, however good its lines", async () => {
    const line = `${JSON.stringify({ ...valid, abstract: "a".repeat(20_000) })}\n`;
    const { records, problems } = await read(gzipSync(line.repeat(8000)), "papers.jsonl.gz");
    expect(records.length).toBeLessThan(8000);
    expect(problems).toMatchObject([
      { reason: expect.stringMatching(/inflate to more than 100 times as many/) },
    ]);
  });
});
