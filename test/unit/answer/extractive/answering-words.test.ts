import { describe, expect, it } from "vitest";
import { amountsIn } from "../../../../src/answer/extractive/amounts.ts";
import { answeringWords } from "../../../../src/answer/extractive/answering-words.ts";

const bold = (question: string, text: string) =>
  answeringWords(question, text, () => 1).map(({ start, end }) => text.slice(start, end));

describe("answeringWords", () => {
  it.each([
    ["How many heads are removed?", "We remove 12 heads of a GPT-2 model.", ["12"]],
    [
      "By what factor is it faster?",
      "It is up to 2.4x faster than all others in each of the 8 tasks.",
      ["2.4x"],
    ],
    [
      "Which benchmarks are used?",
      "We use three benchmarks: Alpha, Beta and Gamma.",
      ["Alpha", "Beta", "Gamma"],
    ],
    ["How many heads are removed?", "Of $n + 8$ heads 3 are removed.", ["3"]],
    ["Which heads are removed?", "Nothing is known.", []],
    ["Does it remove induction heads?", "We remove redundant induction heads.", []],
    ["induction heads", "We remove redundant induction heads.", []],
    ["Which heads are removed?", "We remove redundant induction heads.", ["redundant induction heads"]],
  ])("%s", (question, text, words) => expect(bold(question, text)).toEqual(words));
});

describe("amountsIn", () => {
  it.each([
    ["about 2.7T tokens and 6.9 billion more", ["2.7T", "6.9 billion"]],
    ["on 4 out of 7 tasks", ["4 out of 7"]],
    ["two-thirds of a 22-layer model", ["two-thirds", "22-layer"]],
    ["0.5\\% or 17% of GPT-2", ["0.5\\%", "17%"]],
    ["3nd parameters in one case", []],
  ])("%s", (text, amounts) =>
    expect(amountsIn(text).map(({ start, end }) => text.slice(start, end))).toEqual(amounts),
  );
});
