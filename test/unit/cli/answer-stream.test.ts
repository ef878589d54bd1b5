import { describe, expect, it } from "vitest";
import { AnswerStream } from "../../../src/cli/print-answer.ts";

const TABLE =
  "Side by side:\n\n| | **A** | **B** |\n| --- | --- | --- |\n| **Problem** | With a \\| bar. [1] | – |\n\nThe | end.";

describe("AnswerStream", () => {
  it.each([1, 3, 1000])("prints a table as a list, by deltas of %d characters", (size) => {
    const stream = new AnswerStream(false);
    let printed = "";
    for (let at = 0; at < TABLE.length; at += size) printed += stream.push(TABLE.slice(at, at + size));
    expect(printed + stream.end()).toBe(
      "Side by side:\n\n  - A\n  - B\nProblem\n  - With a | bar. [1]\n  - –\n\nThe | end.",
    );
  });
});
