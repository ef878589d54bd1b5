import { describe, expect, it } from "vitest";
import { revisionOf, textOf, toPaper } from "../../../src/corpus/paper.ts";
import { Field, Paper } from "../../../src/protocol.ts";

describe("toPaper", () => {
  it("keeps the text as it is, and identifiers in their plain form", () => {
    const record = {
      title: "On ``X''",
      abstract: "Code: https://a.org/b. By 5\\%.",
      authors: ["A. B."],
      year: 2016,
      venue: "math.MG",
      url: "https://a.org",
      doi: "https://doi.org/10.1000/ABC",
      arxivId: "arXiv:1608.03189v2",
      tags: ["t"],
    };
    const paper = toPaper(record, "id", "a/b.jsonl");
    expect(paper).toEqual({
      ...record,
      id: "id",
      doi: "10.1000/ABC",
      arxivId: "1608.03189",
      links: ["https://a.org/b"],
      source: "a/b.jsonl",
      revision: revisionOf(record.title, record.abstract),
    });
    expect(Paper.parse(paper)).toEqual(paper);
  });

  it("leaves out what is absent or no identifier", () => {
    const paper = toPaper(
      { title: "T", abstract: "A", doi: "n/a", arxivId: "soon", year: undefined },
      "id",
      "s",
    );
    expect(Object.keys(paper).sort()).toEqual(["abstract", "id", "revision", "source", "title"]);
  });
});

describe("revisionOf", () => {
  it("is 16 hex digits that change with either text and with the border between them", () => {
    const revisions = [
      ["a", "b"],
      ["a", "c"],
      ["c", "b"],
      ["ab", ""],
      ["", "ab"],
    ].map(([t, a]) => revisionOf(t!, a!));
    expect(new Set(revisions).size).toBe(5);
    for (const revision of revisions) expect(revision).toMatch(/^[0-9a-f]{16}$/);
    expect(revisionOf("a", "b")).toBe(revisions[0]);
  });
});

describe("textOf", () => {
  it("is the field that offsets count in, and empty where the paper has none", () => {
    const paper = { title: "A title", abstract: "An abstract." };
    expect(Field.options.map((field) => [field, textOf(paper, field)])).toEqual([
      ["title", "A title"],
      ["abstract", "An abstract."],
      ["body", ""],
    ]);
  });
});
