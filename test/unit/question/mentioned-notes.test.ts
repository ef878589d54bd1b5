import { describe, expect, it } from "vitest";
import { mentionedNotes } from "../../../src/question/reading/mentions.ts";

describe("mentionedNotes", () => {
  it.each([
    ["Tell me more about [2]", [2]],
    ["How do [1] and [3] differ?", [1, 3]],
    ["compare [1, 3] with 【2】", [1, 3, 2]],
    ["In [2-4], what do they propose?", [2, 3, 4]],
    ["#1 and #3?", [1, 3]],
    ["What does paper 3 propose?", [3]],
    ["sources 2 and 4 seem to disagree", [2, 4]],
    ["Is reference no. 5 newer than the paper number 2?", [5, 2]],
    ["explain result 1", [1]],
  ])("finds the numbers of %j", (message, numbers) => {
    expect(mentionedNotes(message).numbers).toEqual(numbers);
  });

  it.each([
    "How does GPT-4 do on 3 tasks?",
    "Which papers report 20% less memory?",
    "papers 2 times faster",
    "What happened in 2023?",
    "Is CIFAR-10 used in 1706.03762?",
    "layer 3 of the network",
    "C# and F#",
    "[a] and []",
    "",
  ])("finds none in %j", (message) => {
    expect(mentionedNotes(message).places).toEqual([]);
  });

  it("says where they stand", () => {
    const message = "How do [1] and the paper 3 differ?";
    expect(mentionedNotes(message).places.map(({ start, end }) => message.slice(start, end))).toEqual([
      "[1]",
      "the paper 3",
    ]);
  });
});
