import { describe, expect, it } from "vitest";
import { amountsIn } from "../../../src/question/reading/asked-for.ts";

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
