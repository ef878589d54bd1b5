import { describe, expect, it } from "vitest";
import { dependenceOf, resolveFollowUp, type Turn } from "../../../src/question/reading/follow-up.ts";

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
    "summarize that in one sentence",
    "tell me more",
    "Any limitations?",
    "shorter please",
    "Could you give me an example?",
    "and the second?",
    "Compare the first two.",
    "Which one is older?",
    "which scales better to long inputs?",
    "Are both open source?",
  ])("%s points back", (question) => expect(dependenceOf(question)).toBe("points-back"));

  it.each(["And on speech?", "why?", "Which GPUs?", "What about products?"])("%s may continue", (question) =>
    expect(dependenceOf(question)).toBe("may-continue"),
  );

  it.each([
    "Which papers study length extrapolation through position encodings?",
    "Is it possible to train transformers without residual connections?",
    "What happens in the first layers of language models when they read numbers?",
    "Why do small language models underperform large ones?",
    "What is BERT?",
    "What are your limitations?",
    "Which is faster, BERT or an LSTM?",
    "What was the first paper on attention?",
    "Do readers keep both parses of the first few words?",
  ])("%s stands alone", (question) => expect(dependenceOf(question)).toBe("stands-alone"));
});

describe("resolveFollowUp", () => {
  it.each([
    ["What dataset did they use?", "What dataset did they use? (in “Alpha”)"],
    ["Tell me more about the second one.", "Tell me more about “Beta”."],
    ["the latter: how fast?", "“Beta”: how fast?"],
    ["And the last paper?", "And “Gamma”?"],
    ["How do these differ?", "How do these differ? (in “Alpha” and “Beta”)"],
    ["tell me about the third", "tell me about “Gamma”"],
    ["Compare the first two.", "Compare “Alpha” and “Beta”."],
    ["How do the last two differ?", "How do “Beta” and “Gamma” differ?"],
    ["Is the third cheaper than the first?", "Is the third cheaper than the first? (in “Gamma” and “Alpha”)"],
    ["Which is cheaper?", "Which is cheaper? (in “Alpha” and “Beta” and “Gamma”)"],
    ["any limitations?", "any limitations? (in “Alpha”)"],
  ])("%s → %s", (question, alone) => expect(resolveFollowUp(question, history)).toBe(alone));

  it("looks for a fourth of three papers by the question before", () => {
    const resolved = resolveFollowUp("What of the fourth one?", history);
    expect(resolved).toBe(`${history.at(-1)?.question} What of the fourth one?`);
  });

  it("takes the one paper of a talk for the one that is counted", () => {
    const one = [{ question: "Tell me about Alpha and Zeta", papers: [{ title: "Alpha" }] }];
    expect(resolveFollowUp("and the latter?", one)).toBe("and “Alpha”?");
  });

  describe("after an answer narrowed several papers down to one", () => {
    const narrowed = [...history, { question: "And the second?", papers: [{ title: "Beta" }] }];
    it.each([
      ["How large is it?", "How large is it? (in “Beta”)"],
      ["and the first?", "and “Alpha”?"],
      ["The third: how large?", "“Gamma”: how large?"],
      [
        "Which of them is the cheapest?",
        "Which of them is the cheapest? (in “Alpha” and “Beta” and “Gamma”)",
      ],
      ["What about the others?", "What about the others? (in “Alpha” and “Gamma”)"],
    ])("%s → %s", (question, alone) => expect(resolveFollowUp(question, narrowed)).toBe(alone));

    it("leaves them with a new topic", () => {
      const moved = [...history, { question: "What is Delta?", papers: [{ title: "Delta" }] }];
      expect(resolveFollowUp("which one is cheaper?", moved)).toBe("which one is cheaper? (in “Delta”)");
    });
  });

  it("counts papers that came up one by one", () => {
    const talk = ["Alpha", "Beta"].map((title) => ({ question: `What is ${title}?`, papers: [{ title }] }));
    expect(resolveFollowUp("and the second one?", talk)).toBe("and “Beta”?");
    expect(resolveFollowUp("and the third one?", talk)).toBe("What is Beta? and the third one?");
  });

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
