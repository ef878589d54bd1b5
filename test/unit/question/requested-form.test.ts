import { describe, expect, it } from "vitest";
import { requestedForm } from "../../../src/question/reading/asked-for.ts";

describe("requestedForm", () => {
  it.each([
    ["summarise X in 3 bullets", { count: 3, bullets: true, plain: false }, "summarise X"],
    ["X in two short sentences", { count: 2, bullets: false, plain: false }, "X"],
    ["X in one sentence", { count: 1, bullets: false, plain: false }, "X"],
    ["X, main claims as bullets", { bullets: true, plain: false }, "X, main claims"],
    ["X, tl;dr", { count: 2, bullets: false, plain: false }, "X,"],
    ["explain X to a beginner", { bullets: false, plain: true }, "explain X"],
    ["explain X as if I were twelve", { bullets: false, plain: true }, "explain X"],
    ["explain X to my manager", { bullets: false, plain: false }, "explain X"],
    ["what is X, in simple terms?", { bullets: false, plain: true }, "what is X, ?"],
    ["X like I am five", { bullets: false, plain: true }, "X"],
    [
      "What is read in children's books?",
      { bullets: false, plain: false },
      "What is read in children's books?",
    ],
    ["Has X a fixed point?", { bullets: false, plain: false }, "Has X a fixed point?"],
    ["What is short-term memory?", { bullets: false, plain: false }, "What is short-term memory?"],
    ["X, a short summary", { count: 2, bullets: false, plain: false }, "X, a summary"],
    [
      "Name three recent papers on X",
      { count: 3, bullets: false, plain: false },
      "Name three recent papers on X",
    ],
    ["How is X adapted to a domain?", { bullets: false, plain: false }, "How is X adapted to a domain?"],
  ])("%s", (question, form, rest) => {
    const { rest: own, ...wishes } = requestedForm(question);
    expect(wishes).toEqual(form);
    expect(own.replace(/\s+/g, " ").trim()).toBe(rest);
  });
});
