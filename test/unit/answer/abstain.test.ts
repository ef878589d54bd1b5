import { expect, it } from "vitest";
import { decideConfidence } from "../../../src/answer/abstain.ts";

const ranked = (...sides: [dense: number, lexical: number][]) =>
  sides.map(([dense, lexical], at) => ({
    paperId: String(at),
    score: dense + lexical,
    why: { dense, lexical },
    passages: [],
  }));

it.each([
  [[], "none"],
  [ranked([0.1, 0.05]), "none"],
  [ranked([0.4, 0.1]), "tentative"],
  [ranked([0.1, 0.5]), "tentative"],
  [ranked([0.2, 0.1], [0.28, 0.01]), "tentative"],
  [ranked([0.6, 0.9]), "high"],
] as const)("decides %j: %s", (papers, expected) => expect(decideConfidence(papers)).toBe(expected));
