import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ReasoningFilter } from "../../../src/model/langchain/delta-reader.ts";

function filtered(chunks: readonly string[]): string {
  const filter = new ReasoningFilter();
  return chunks.map((chunk) => filter.push(chunk)).join("") + filter.end();
}

describe("ReasoningFilter", () => {
  it.each([
    ["<think>hm, 3 < 4</think>\n\nFour.", "Four."],
    ["\n<think>\n</think>Four.", "Four."],
    ["Four.", "Four."],
    [" <thin ice.", " <thin ice."],
    ["<thi", "<thi"],
    ["Four <think>is</think> it.", "Four <think>is</think> it."],
    ["<think>never ends", ""],
    ["", ""],
  ])("turns %j into %j, however it is cut", (text, expected) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 40, maxLength: 40 }), (sizes) => {
        const chunks: string[] = [];
        let rest = text;
        for (const size of sizes) {
          chunks.push(rest.slice(0, size));
          rest = rest.slice(size);
        }
        // White space behind a thought is dropped where it comes with its end; the writer trims the rest.
        expect(filtered([...chunks, rest]).trimStart()).toBe(expected.trimStart());
      }),
    );
  });

  it("holds nothing back once it answers", () => {
    const filter = new ReasoningFilter();
    expect(["<th", "e ", "<think>"].map((chunk) => filter.push(chunk))).toEqual(["", "<the ", "<think>"]);
  });
});
