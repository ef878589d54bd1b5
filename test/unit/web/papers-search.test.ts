import { expect, it } from "vitest";
import { beginningOf, matchOf } from "../../../web/papers/paper-excerpt.ts";
import { papersCsv } from "../../../web/papers/papers-csv.ts";
import { formatSearch, parseSearch, scopeOfSearch } from "../../../web/papers/papers-search.ts";
import { samplePaper } from "../../support/sample-answer.ts";

it.each([
  "",
  "?q=a%26b+c",
  "?q=x&in=names&sort=year&from=2019&to=2021&venue=ACL&tag=a&tag=b&author=%C3%9Cbel&corpus=my.bib",
])("keeps all of a search in its address: %s", (address) => {
  expect(formatSearch(parseSearch(address))).toBe(address);
});

it("takes nothing from an address that no search could have", () => {
  const search = parseSearch(`?q=${"x".repeat(9000)}&sort=worst&from=soon&to=-1&in=all&tag=&venue=`);
  expect(search).toMatchObject({ byName: false, sort: "relevance", filter: {} });
  expect(search.query.length).toBe(500);
  expect(scopeOfSearch(search)).toBeUndefined();
  expect(scopeOfSearch(parseSearch("?from=2019&corpus=a"))).toEqual({
    filter: { yearFrom: 2019 },
    corpus: "a",
  });
});

it("shows of an abstract the sentence that matches, with some words around it, or its beginning", () => {
  const before = "Rocks are old and heavy things that lie about everywhere you look. ";
  const match = "Sparse attention saves memory.";
  const abstract = `${before}${match} ${"More is said of other things here. ".repeat(20)}`;
  const paper = { ...samplePaper, abstract };
  const passages = [{ field: "abstract" as const, text: abstract, start: 0, end: abstract.length }];
  const { text, lit } = matchOf({ paper, passages }, "Does sparse attention save memory?");
  expect(lit.map(({ start, end }) => text.slice(start, end))).toEqual([match]);
  expect(text).toMatch(/^…\w.* Sparse attention .* More is said .*…$/);
  expect(matchOf({ paper, passages: [] }, "attention")).toEqual(beginningOf(paper));
  expect(beginningOf({ abstract: "Short." })).toEqual({ text: "Short.", lit: [] });
  expect(beginningOf({ abstract: "x".repeat(900) }).text).toHaveLength(261);
});

it("writes a table that a spreadsheet takes for text alone", () => {
  const { doi: _, url: __, arxivId: ___, ...paper } = samplePaper;
  const csv = papersCsv([{ ...paper, title: '=1+1 "quoted", twice', abstract: "a\nb", authors: ["A", "B"] }]);
  const [head, row] = csv.split("\r\n");
  expect(head).toBe('"title","authors","year","venue","doi","arXiv","url","abstract"');
  expect(row).toContain(`"'=1+1 ""quoted"", twice","A; B",`);
  expect(row?.endsWith('"a\nb"')).toBe(true);
});
