import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeMarkdown } from "../../../src/util/strings.ts";

describe("escapeMarkdown", () => {
  it.each([
    ["a *b* _c_ `d`", "a \\*b\\* \\_c\\_ \\`d\\`"],
    ["see [1] and <img src=x>", "see \\[1\\] and \\<img src=x\\>"],
    ["a 30\\% gain", "a 30\\\\% gain"],
    ["for $x_1 * y$ and a_b", "for $x_1 * y$ and a\\_b"],
    ["for $v[1]$", "for $v[{}1]$"],
    ["two\n  lines", "two lines"],
    ["plain text, as most is.", "plain text, as most is."],
  ])("%s", (text, escaped) => expect(escapeMarkdown(text)).toBe(escaped));

  it("leaves no bracket that could be read as a note outside of formulas", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes("$")),
        (text) => {
          expect(escapeMarkdown(text)).not.toMatch(/(?<!\\)(?:\\\\)*\[/);
        },
      ),
    );
  });
});
