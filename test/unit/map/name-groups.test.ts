import { expect, it } from "vitest";
import { nameGroups } from "../../../src/map/groups.ts";

const TITLES = [
  "Contrastive Learning of Sentences",
  "What contrastive learning learns: a model of models",
  "RAG: retrieval for LLMs",
  "Better retrieval by RAG, a model",
];

it("tells a group by what its titles say and others do not, as it is written", () => {
  const [first, second] = nameGroups(TITLES, [0, 0, 1, 1]);
  expect(first?.[0]).toBe("contrastive learning");
  expect(second?.slice(0, 2).toSorted()).toEqual(["RAG", "retrieval"]);
});

it("has no name for the one group of all papers", () => {
  expect(nameGroups(TITLES, [0, 0, 0, 0])).toEqual([[]]);
  expect(nameGroups([], [])).toEqual([]);
});
