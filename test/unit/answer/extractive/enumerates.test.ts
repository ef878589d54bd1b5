import { describe, expect, it } from "vitest";
import { enumerates, focusOf } from "../../../../src/answer/extractive/enumerates.ts";

const lists = (question: string, text: string) => enumerates(text, focusOf(question));

describe("enumerates", () => {
  const question = "Which sentence-level operations does it employ?";

  it.each([
    "These operations include deletion, reordering and substitution.",
    "We adapt operations, such as deletion and reordering.",
    "Three operations (deletion, reordering) are enough.",
    "Three operations of ours: deletion, reordering.",
  ])("knows a list of what is asked for: %s", (text) => expect(lists(question, text)).toBe(true));

  it.each([
    "It employs operations on sentences, and is fast.",
    "Models such as this and that employ operations.",
    "The operations include deletion.",
  ])("knows no list of it in: %s", (text) => expect(lists(question, text)).toBe(false));

  it("finds none where no kind of thing is asked for", () =>
    expect(lists("Why does it work?", "Reasons include width and depth.")).toBe(false));
});
