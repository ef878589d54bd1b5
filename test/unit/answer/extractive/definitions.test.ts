import { describe, expect, it } from "vitest";
import { definedTerm, defines } from "../../../../src/answer/extractive/candidates.ts";
import { Question } from "../../../../src/question/question.ts";

describe("definedTerm", () => {
  it.each([
    ["What is a residual stream?", ["residu", "stream"]],
    ["what are induction heads", ["induct", "head"]],
    ["Define grokking.", ["grokk"]],
    ["What does grokking mean?", ["grokk"]],
    ["What is meant by grokking?", ["grokk"]],
    ["What is the effect of depth on the speed of training in nets with many heads?", []],
    ["Which papers study grokking?", []],
    ["How does grokking come about?", []],
  ])("%s", (question, terms) => {
    expect([...definedTerm(new Question(question))]).toEqual(terms);
  });
});

describe("defines", () => {
  const word = definedTerm(new Question("What are induction heads?"));

  it.each([
    "These copy earlier tokens, and we call them induction heads.",
    "Such circuits are known as induction heads.",
    "Attention that continues a pattern, referred to by earlier work as induction heads, is common.",
    "Induction heads are a kind of circuit.",
    "An induction head is an attention head that copies.",
    "Induction heads (IH) copy earlier tokens.",
  ])("%s", (text) => {
    expect(defines(text, word)).toBe(true);
  });

  it.each([
    "We study induction heads at scale.",
    "We call them copy circuits, which differ from all that is said elsewhere of induction heads.",
    "Attention is a kind of lookup, as in induction heads.",
    "Induction heads improve results.",
  ])("not: %s", (text) => {
    expect(defines(text, word)).toBe(false);
  });

  it("defines nothing where no word is asked for", () => {
    expect(defines("We call them induction heads.", definedTerm(new Question("Do they copy?")))).toBe(false);
  });
});
