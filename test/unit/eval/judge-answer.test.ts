import { describe, expect, it } from "vitest";
import { judgeAnswer, statements } from "../../../src/eval/judge-answer.ts";
import type { Question } from "../../../src/eval/question.ts";
import type { Answer } from "../../../src/protocol.ts";
import { makeAnswer, makeCitation } from "../../support/cli.ts";

/** An answer of these parts: what stands in ‹…› is a claim, with a note on the paper named behind it. */
function answerOf(marked: string, more: Partial<Answer> = {}): Answer {
  let text = "";
  const citations = [...marked.matchAll(/([^‹]*)(?:‹([^›]*)›(\w+))?/g)].flatMap(
    ([, before = "", claim, paperId]) => {
      text += before;
      if (claim === undefined || paperId === undefined) return [];
      const start = text.length;
      text += claim;
      return [makeCitation(1, { paperId, quote: claim, claim: { start, end: text.length } })];
    },
  );
  return makeAnswer(text, { citations, ...more });
}

const question = (more: Partial<Question>): Question => ({
  id: "1",
  type: "factual",
  question: "?",
  gold: [],
  place: "line 1",
  ...more,
});
const judge = (answer: Answer, more: Partial<Question>, gold = ["p1"], partial: string[] = []) =>
  judgeAnswer(question(more), { gold, partial }, answer, ({ quote }) => quote !== "forged");

describe("the sentences of an answer", () => {
  it("are those that notes stand behind, as plain text, each once", () => {
    const answer = answerOf(
      "**A title.** ‹It is **10\\_000** times faster.›p1 [1]\n\n**Other.** ‹So. It works.›p2 [2]",
    );
    expect(statements(answer)).toEqual(["It is 10_000 times faster.", "So.", "It works."]);
    const twice = { ...answer, citations: [...answer.citations, ...answer.citations] };
    expect(statements(twice)).toEqual(statements(answer));
  });

  it("are all of an answer without notes", () => {
    expect(statements(makeAnswer("Hello. Ask me about papers."))).toEqual(["Hello.", "Ask me about papers."]);
  });
});

describe("judging an answer, by hand", () => {
  it("looks for `must` in the first sentence, in three, in all, and in all of a short answer", () => {
    const long = answerOf("‹One 5.›p1 [1] ‹Two.›p1 [1] ‹Three B.›p1 [1] ‹Four c.›p1 [1]");
    const musts = (must: string[], answer = long) => {
      const figures = judge(answer, { must });
      return [figures["must@1"], figures["must@3"], figures.must, figures["must-short"]];
    };
    expect(musts(["one", "5"])).toEqual([1, 1, 1, 0]);
    expect(musts(["5", "b"])).toEqual([0, 1, 1, 0]);
    expect(musts(["5", "C"])).toEqual([0, 0, 1, 0]);
    expect(musts(["nine"])).toEqual([0, 0, 0, 0]);
    expect(musts(["one"], answerOf("‹One.›p1 ‹Two.›p1"))).toEqual([1, 1, 1, 1]);
  });

  it("finds nothing in a refusal, whatever titles it names", () => {
    const refusal = makeAnswer("None answers. The nearest: Pointer Networks", {
      confidence: "none",
      abstained: true,
    });
    expect(judge(refusal, { must: ["pointer"] })).toMatchObject({ must: 0, "citation-recall": 0 });
    expect(judge(refusal, {})).not.toHaveProperty("citation-precision");
  });

  it("counts notes for precision and papers for recall", () => {
    const answer = answerOf("‹A.›p1 ‹B.›p1 ‹C.›p2 ‹D.›p3");
    const figures = judge(answer, {}, ["p1", "p9"], ["p2"]);
    expect(figures).toMatchObject({ "citation-precision": 0.75, "citation-recall": 0.5, verbatim: 1 });
    expect(judge(answerOf("‹forged›p1 ‹B.›p1"), {})).toMatchObject({ verbatim: 0.5 });
  });

  it("takes evidence as quoted when most of it is", () => {
    const evidence = ["We train on 5 sets.", "It helps a lot."];
    expect(judge(answerOf("‹We  train on 5 sets. And more.›p1"), { evidence }).evidence).toBe(0.5);
    expect(judge(answerOf("‹We train on 5›p1 ‹It›p1"), { evidence }).evidence).toBe(0.5);
  });

  it.each([
    ["is marked as not stated", { confidence: "high", notStated: true }, 1],
    ["is tentative", { confidence: "tentative" }, 1],
    ["is sure", { confidence: "high" }, 0],
    ["is sure, and says so", { confidence: "high", notStated: false }, 0],
  ] as const)("a detail is declined when the answer %s, whatever its words", (_, more, declined) => {
    for (const text of ["The abstract does not state it. ‹It is big.›p1", "‹It is big.›p1"]) {
      expect(judge(answerOf(text, more), { type: "unanswerable" }, []).declined).toBe(declined);
    }
  });
});
