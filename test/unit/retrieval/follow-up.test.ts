import { describe, expect, it } from "vitest";
import { dependenceOf, resolveFollowUp, type Turn } from "../../../src/retrieval/follow-up.ts";

const history: Turn[] = [
  {
    question: "Which papers cut the cost of attention?",
    papers: [{ title: "Alpha" }, { title: "Beta" }, { title: "Gamma" }],
  },
];

describe("dependenceOf", () => {
  it.each([
    "What dataset did they use?",
    "Does it scale?",
    "Tell me more about the second one.",
    "the latter: how fast?",
    "Is this paper about images?",
    "How much memory does that one save?",
    "What did the authors conclude?",
    "Do I have to touch the weights for that?",
  ])("%s points back", (question) => expect(dependenceOf(question)).toBe("points-back"));

  it.each(["And on speech?", "why?", "Which benchmarks?", "What about products?"])(
    "%s may continue",
    (question) => expect(dependenceOf(question)).toBe("may-continue"),
  );

  it.each([
    "Which papers study length extrapolation through position encodings?",
    "Is it possible to train transformers without residual connections?",
    "What happens in the first layers of language models when they read numbers?",
    "Why do small language models underperform large ones?",
  ])("%s stands alone", (question) => expect(dependenceOf(question)).toBe("stands-alone"));
});

describe("resolveFollowUp", () => {
  it.each([
    ["What dataset did they use?", "(in “Alpha”)"],
    ["Tell me more about the second one.", "(in “Beta”)"],
    ["the latter: how fast?", "(in “Beta”)"],
    ["And the last paper?", "(in “Gamma”)"],
    ["How do these differ?", "(in “Alpha” and “Beta”)"],
    ["What of the fourth one?", "(in “Alpha”)"],
  ])("%s → %s", (question, where) => expect(resolveFollowUp(question, history)).toBe(`${question} ${where}`));

  it("looks past an answer that cited nothing", () => {
    const refused = [...history, { question: "What is its price?", papers: [] }];
    expect(resolveFollowUp("And its licence?", refused)).toBe("And its licence? (in “Alpha”)");
  });

  it("falls back on the question before when nothing was cited", () => {
    expect(resolveFollowUp("and on speech?", [{ question: "Who works on images?", papers: [] }])).toBe(
      "Who works on images? and on speech?",
    );
  });
});
