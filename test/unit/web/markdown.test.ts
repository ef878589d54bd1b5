import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sourceOffsets } from "../../../web/markdown/source-offsets.ts";
import { splitBlocks } from "../../../web/markdown/split-blocks.ts";

const LINES = ["", "text", "- item", "1. item", "  more", "```", "$$", "> quote", "| a | b |", "# head"];
const markdown = fc.array(fc.constantFrom(...LINES), { maxLength: 30 }).map((lines) => lines.join("\n"));

describe("blocks of Markdown", () => {
  it("are the whole text, each where it begins", () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const blocks = splitBlocks(text);
        expect(blocks.map((block) => block.text).join("")).toBe(text);
        for (const { start, text: part } of blocks) expect(text.startsWith(part, start)).toBe(true);
      }),
    );
  });

  it("stay as they are while the text grows at its end, but for the last", () => {
    fc.assert(
      fc.property(markdown, markdown, (text, more) => {
        const settled = splitBlocks(text).slice(0, -1);
        expect(splitBlocks(`${text}\n${more}`).slice(0, settled.length)).toEqual(settled);
      }),
    );
  });

  it("keep lists, fences and displayed formulas whole", () => {
    for (const whole of ["- a\n\n- b\n\n  c", "```\na\n\nb\n```", "$$\na\n\nb\n$$"]) {
      expect(splitBlocks(`one\n\n${whole}\n\ntwo`).map(({ text }) => text.trim())).toEqual([
        "one",
        whole,
        "two",
      ]);
    }
  });
});

describe("source offsets", () => {
  it.each([
    ["a *b*", "a \\*b\\*"],
    ["a & b", "a &amp; b"],
    ["one\ntwo", "one\n  two"],
    ["one\ntwo", "one\n> two"],
    ["x 😀 y", "x &#x1F600; y"],
  ])("lead from each character of %j to its place in %j", (value, source) => {
    const offsets = sourceOffsets(value, source, 10);
    expect(offsets).toHaveLength(value.length + 1);
    expect(offsets.at(-1)).toBe(10 + source.length);
    const plain = [...value].filter((character) => /\w/.test(character));
    for (const character of plain) {
      expect(source[(offsets[value.indexOf(character)] ?? 0) - 10]).toBe(character);
    }
  });
});
