import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { jsonLinesReader } from "../../../../src/corpus/readers/json/json-lines.ts";
import type { ReadOptions } from "../../../../src/corpus/readers/reader.ts";
import { MAX_LINE_BYTES } from "../../../../src/corpus/readers/source/read-lines.ts";
import { collect } from "../collect.ts";
import { temporaryFolder } from "../temporary-folder.ts";

async function read(content: string | Uint8Array, name = "papers.jsonl", options?: ReadOptions) {
  const items = await collect(
    jsonLinesReader.read(`${temporaryFolder({ [name]: content })}/${name}`, options),
  );
  return {
    records: items.flatMap((item) => ("record" in item ? [item.record] : [])),
    lines: items.flatMap((item) => ("record" in item ? [item.line] : [])),
    notes: items.flatMap((item) => ("record" in item ? (item.notes ?? []) : [])),
    problems: items.flatMap((item) => ("problem" in item ? [item.problem] : [])),
  };
}

const line = (n: number): string => JSON.stringify({ title: `Title ${n}`, abstract: `Abstract ${n}.` });
const many = Array.from({ length: 20_000 }, (_, n) => `${line(n)}\n`).join("");

describe("a record", () => {
  const valid = { title: "T", abstract: "A" };
  const readOne = async (value: unknown) => read(typeof value === "string" ? value : JSON.stringify(value));

  it("is read with all its fields, others ignored", async () => {
    const full = {
      ...valid,
      authors: ["A. B.", "C. D."],
      year: 2016,
      venue: "ACL",
      url: "https://a.org/b",
      doi: "10.1000/x",
      arxivId: "1608.03189",
      tags: ["x"],
    };
    expect((await readOne({ ...full, pages: 7, id: {} })).records).toEqual([full]);
  });

  it("may say that it lacks a field in any way", async () => {
    const blank = { authors: [], year: null, venue: "", url: " ", doi: null, arxivId: "", tags: null };
    expect((await readOne({ ...valid, ...blank })).records).toEqual([valid]);
  });

  it("may have its year as text", async () => {
    expect((await readOne({ ...valid, year: "2016" })).records[0]?.year).toBe(2016);
  });

  it("keeps the text, but for runs of white space, line breaks in the title and lone surrogates", async () => {
    const { records } = await readOne(
      '{"title": " A\\n  title\\u00e9 ", "abstract": "\\n ``Two  \\n lines\'\' \\\\% \\ud800 \\ud83d\\ude00. "}',
    );
    expect(records).toEqual([{ title: "A titleé", abstract: "``Two\nlines'' % \ufffd 😀." }]);
  });

  it.each<[unknown, string]>([
    ["{", "not valid JSON"],
    ['{"title": "T", "abstract": "A"} x', "not valid JSON"],
    ["[]", "takes an object with title and abstract, not []"],
    ["null", "takes an object with title and abstract, not null"],
    ['"text"', 'takes an object with title and abstract, not "text"'],
    [{}, "title is missing"],
    [{ title: " \n ", abstract: "" }, "title is empty"],
    [{ title: 7, abstract: ["A"] }, "title takes text, not 7"],
  ])("%j is broken: %s", async (value, reason) => {
    const { records, problems } = await readOne(value);
    expect(records).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ line: 1 });
    expect(problems[0]?.reason.startsWith(reason)).toBe(true);
    expect(problems[0]?.reason.length).toBeLessThan(300);
  });

  it.each<[string, object, object, string | undefined]>([
    ["a date for a year", { year: "2021-05-03" }, { year: 2021 }, undefined],
    ["a year from a table", { year: "2021.0" }, { year: 2021 }, undefined],
    [
      "a year in words",
      { year: "in press" },
      {},
      'year left out: takes a year of four digits, not "in press"',
    ],
    ["half a year", { year: 2016.5 }, {}, "year left out: takes a year of four digits, not 2016.5"],
    ["too long a year", { year: 20166 }, {}, "year left out: takes a year of four digits, not 20166"],
    ["authors in one text", { authors: "A. B.; C. D." }, { authors: ["A. B.", "C. D."] }, undefined],
    ["authors with nothing among them", { authors: ["A. B.", null, ""] }, { authors: ["A. B."] }, undefined],
    [
      "authors with what is none",
      { authors: ["A. B.", 7, {}] },
      { authors: ["A. B."] },
      "authors left out: 2 without a name",
    ],
    [
      "authors as objects",
      { authors: [{ name: "A. B." }, { given: "C.", family: "van D", suffix: "Jr" }] },
      { authors: ["A. B.", "C. van D Jr"] },
      undefined,
    ],
    ["paragraphs for an abstract", { abstract: ["A", "B."] }, { abstract: "A\n\nB." }, undefined],
    ["a venue as an object", { venue: { name: "J" } }, { venue: "J" }, undefined],
    ["tags in one text", { tags: "cs.CL cs.AI" }, { tags: ["cs.CL", "cs.AI"] }, undefined],
    ["a DOI that is none", { doi: "10/x" }, {}, 'doi left out: "10/x" is none'],
    [
      "an address without a scheme",
      { url: "www.a.org" },
      {},
      'url left out: takes an http:// or https:// address, not "www.a.org"',
    ],
    [
      "an address that runs",
      { url: "javascript:alert(1)" },
      {},
      'url left out: takes an http:// or https:// address, not "javascript:alert(1)"',
    ],
    ["a DOI for an address", { url: "10.1000/x" }, { doi: "10.1000/x" }, "url left out: it is a DOI"],
    [
      "an abstract that is none",
      { abstract: null },
      { abstract: "" },
      "has no abstract: it can be found by its name and cited, not quoted",
    ],
  ])("keeps a paper with %s", async (_, fields, expected, note) => {
    const { records, problems, notes } = await readOne({ ...valid, ...fields });
    expect(records).toEqual([{ ...valid, ...expected }]);
    expect(problems).toEqual([]);
    expect(notes).toEqual(note === undefined ? [] : [note]);
  });

  it("may have NaN for a number, and line ends inside of its texts", async () => {
    const { records } = await readOne('{"title": "T\tx", "abstract": "A b.", "year": NaN, "doi": None}');
    expect(records).toEqual([{ title: "T x", abstract: "A b." }]);
  });
});

describe("a file", () => {
  it("is read line by line with CRLF, a byte order mark, blank lines and no last line end", async () => {
    const { records, lines, problems } = await read(`\ufeff${line(1)}\r\n\r\n  \n${line(4)}`);
    expect(records.map(({ title }) => title)).toEqual(["Title 1", "Title 4"]);
    expect(lines).toEqual([1, 4]);
    expect(problems).toEqual([]);
  });

  it("goes on behind a broken record", async () => {
    const { lines, problems } = await read(`${line(1)}\n{broken\n${line(3)}\n`);
    expect(lines).toEqual([1, 3]);
    expect(problems.map((problem) => problem.line)).toEqual([2]);
  });

  it("reads lines that are Latin-1, and says so once", async () => {
    const latin = (text: string) => Buffer.from(`{"title": "${text}", "abstract": "A."}\n`, "latin1");
    const items = await collect(
      jsonLinesReader.read(
        `${temporaryFolder({ "x.jsonl": Buffer.concat([Buffer.from(`${line(1)}\n`), latin("Caf\xe9"), latin("\xdcber")]) })}/x.jsonl`,
      ),
    );
    expect(items.flatMap((item) => ("record" in item ? [item.record.title] : []))).toEqual([
      "Title 1",
      "Café",
      "Über",
    ]);
    expect(items.flatMap((item) => ("note" in item ? [item.note] : []))).toEqual([
      { line: 2, reason: "is not UTF-8 from here on: lines are read as Latin-1" },
    ]);
  });

  it.each([
    ["little end first, with a mark", "\ufeff", false],
    ["big end first, with a mark", "\ufeff", true],
    ["little end first, without a mark", "", false],
  ])("is read as UTF-16: %s", async (_, mark, isSwapped) => {
    const bytes = Buffer.from(`${mark}${line(1)}\r\n{"title": "Über 海", "abstract": "A."}\n`, "utf16le");
    const { records, problems } = await read(isSwapped ? bytes.swap16() : bytes);
    expect(records.map(({ title }) => title)).toEqual(["Title 1", "Über 海"]);
    expect(problems).toEqual([]);
  });

  it("skips a line that is too long", async () => {
    const long = JSON.stringify({ title: "T", abstract: "A", pages: "x".repeat(MAX_LINE_BYTES) });
    const longest = JSON.stringify({ title: "T", abstract: "A", pages: "x".repeat(MAX_LINE_BYTES - 39) });
    expect(longest).toHaveLength(MAX_LINE_BYTES);
    const { lines, problems } = await read(`${line(1)}\n${long}\n${longest}\n${line(4)}\n`);
    expect(lines).toEqual([1, 3, 4]);
    expect(problems).toEqual([
      { line: 2, reason: `the line has ${long.length} bytes, at most ${MAX_LINE_BYTES} are read` },
    ]);
  });

  it("is read in memory that does not grow with a line", async () => {
    const member = gzipSync(Buffer.alloc(8 * 1024 * 1024, "x"));
    const compressed = Buffer.concat(Array<Buffer>(50).fill(member));
    let peak = 0;
    const began = process.memoryUsage().rss;
    const { problems } = await read(compressed, "bomb.jsonl.gz", {
      onBytes: () => {
        peak = Math.max(peak, process.memoryUsage().rss);
      },
    });
    expect(problems).toHaveLength(1);
    expect(peak - began).toBeLessThan(250 * 1024 * 1024);
  });

  it("that is empty has nothing", async () => {
    expect(await read("")).toMatchObject({ records: [], problems: [] });
  });

  it("tells how many bytes it has read", async () => {
    let bytes = 0;
    await read(many, "papers.jsonl", { onBytes: (count) => (bytes += count) });
    expect(bytes).toBe(Buffer.byteLength(many));
  });

  it("stops when asked", async () => {
    const stop = new AbortController();
    const reading = read(many, "papers.jsonl", { signal: stop.signal, onBytes: () => stop.abort() });
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("a gzipped file", () => {
  const whole = gzipSync(many);

  it("is inflated, of one member or more", async () => {
    const { records } = await read(
      Buffer.concat([gzipSync(`${line(1)}\n`), gzipSync(line(2))]),
      "x.jsonl.gz",
    );
    expect(records.map(({ title }) => title)).toEqual(["Title 1", "Title 2"]);
    expect((await read(whole, "X.JSONL.GZ")).records).toHaveLength(20_000);
  });

  it.each([0.999, 0.5, 0.1])("that is cut off at %d keeps the records before the cut", async (share) => {
    const { records, problems } = await read(whole.subarray(0, whole.length * share), "x.jsonl.gz");
    expect(records.length).toBeGreaterThan(20_000 * share * 0.9);
    expect(records.length).toBeLessThan(20_000);
    expect(records.map(({ title }) => title)).toEqual(records.map((_, n) => `Title ${n}`));
    expect(problems).toEqual([
      { line: records.length + 1, reason: "cannot be read on from here: the gzip stream is cut off" },
    ]);
  });

  it("that is damaged keeps the records before the damage, but for the last few", async () => {
    const header = gzipSync("").subarray(0, 10);
    const invalidBlock = Buffer.from([0b111, 0, 0, 0, 0]);
    const sound = gzipSync(many.split("\n").slice(0, 2000).join("\n"));
    const { lines, problems } = await read(Buffer.concat([sound, header, invalidBlock]), "x.jsonl.gz");
    expect(lines.length).toBeGreaterThan(1600);
    expect(problems).toEqual([
      {
        line: lines.length + 1,
        reason: "cannot be read on from here: the gzip stream is damaged or is none",
      },
    ]);
  });

  it("that is none is read as it is", async () => {
    const { records, problems } = await read(many, "x.jsonl.gz");
    expect(records).toHaveLength(20_000);
    expect(problems).toEqual([]);
  });

  it("is inflated whatever it is called", async () => {
    expect((await read(whole, "x.txt")).records).toHaveLength(20_000);
  });
});

it.each([
  ["lines of objects", `${line(1)}\n${line(2)}\n`, "a.txt", true],
  ["one line", line(1), "a", true],
  ["lines of which the first is broken", `{"title": "T\n${line(2)}\n`, "a", true],
  ["no object at all, in a file that is called so", "x\n", "a.jsonl", true],
  ["a list", `[${line(1)}]`, "a.jsonl", false],
  ["an object over several lines", JSON.stringify({ title: "T" }, null, 2), "a", false],
  ["a result of a search in one line", `{"total": 1, "data": [${line(1)}]}\n`, "a", false],
  ["prose", "Some words.\n", "a.txt", false],
])("what holds %s is JSON Lines: %s", (_, text, name, expected) => {
  expect(jsonLinesReader.accepts({ name, text, bytes: Buffer.from(text) })).toBe(expected);
});
