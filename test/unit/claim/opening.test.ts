import { describe, expect, it } from "vitest";
import { openingOf } from "../../../src/claim/opening.ts";

describe("openingOf", () => {
  it.each([
    "Training such models can be costly, which favours small ones.",
    "Despite their fluent speech, grammar, and memory, models forget.",
    "In both tests we also observe that, unlike people, models forget.",
  ])("%s: keeps the whole", (sentence) => {
    expect(openingOf(sentence).skip).toBe(0);
  });

  it.each([
    ["However, models forget.", "models forget.", false],
    ["Moreover, in contrast, it forgets.", "it forgets.", true],
    ["(2) we test it.", "we test it.", true],
    ["To address this issue, we prune.", "we prune.", false],
    ["Inspired by these findings, we prune.", "we prune.", false],
    ["While this holds, models forget.", "models forget.", false],
    ["But models forget.", "models forget.", false],
    ["This approach forgets.", "This approach forgets.", true],
    ["They forget.", "They forget.", true],
    ["The latter forgets.", "The latter forgets.", true],
    ["This paper proposes pruning.", "This paper proposes pruning.", false],
    ["In this work, we prune.", "In this work, we prune.", false],
    ["It is well known that models forget.", "It is well known that models forget.", false],
    ["It forgets.", "It forgets.", true],
    ["Further pruning helps.", "Further pruning helps.", false],
    ["Finally,", "Finally,", false],
  ])("%s", (sentence, rest, pointsBack) => {
    const opening = openingOf(sentence);
    expect(sentence.slice(opening.skip)).toBe(rest);
    expect(opening.pointsBack).toBe(pointsBack);
  });
});
