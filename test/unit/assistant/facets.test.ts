import { expect, it } from "vitest";
import { facetsOf } from "../../../src/assistant/find/papers.ts";
import { filterTests } from "../../../src/retrieval/scope.ts";
import { makePaper } from "../../support/make-paper.ts";

const paper = (title: string, more: object) =>
  makePaper({ title, abstract: "It is about birds.", ...more }).paper;
const PAPERS = [
  paper("Wrens", { authors: ["Zoë Smith", "Bo Li"], year: 2019, venue: "Birds", tags: ["song"] }),
  paper("Herons", { authors: ["Bo Li", "Bo Li"], year: 2021, venue: "birds", tags: ["song", "water"] }),
  paper("Terns", { year: 2021 }),
];

it("counts the papers of each value, the newest years and the most common of all else first", () => {
  const facets = facetsOf(PAPERS);
  expect(facets).toMatchObject({
    years: [
      { value: "2021", papers: 2 },
      { value: "2019", papers: 1 },
    ],
    authors: [
      { value: "Bo Li", papers: 2 },
      { value: "Zoë Smith", papers: 1 },
    ],
    tags: [
      { value: "song", papers: 2 },
      { value: "water", papers: 1 },
    ],
  });
  expect(facets.venues).toHaveLength(2);
});

it.each([
  [{ authors: ["zoe smith"] }, ["Wrens"]],
  [{ authors: ["Bo Li", "Zoë Smith"] }, ["Wrens"]],
  [{ authors: ["Bo"] }, []],
  [{ tags: ["song", "water"] }, ["Herons"]],
  [{ yearFrom: 2020 }, ["Herons", "Terns"]],
  [{ yearTo: 2020, venue: "BIRDS" }, ["Wrens"]],
  [{}, ["Wrens", "Herons", "Terns"]],
])("%j lets through %j", (filter, titles) => {
  const tests = filterTests(filter);
  const passing = PAPERS.filter((one) => tests.every((test) => test(one)));
  expect(passing.map(({ title }) => title)).toEqual(titles);
});
