import fc from "fast-check";
import { expect, it } from "vitest";
import { SlackMarkdown, slackMarkdown } from "../../../src/slack/messages/slack-markdown.ts";

it.each([
  ["plain", "a **b** [1] `c`", "a **b** [1] `c`"],
  ["control characters", "a < b > c & d", "a &lt; b &gt; c &amp; d"],
  ["escaped ones, whose backslash would break the entity", "\\<b\\> \\& \\*", "&lt;b&gt; &amp; \\*"],
  ["a backslash that is escaped itself", "\\\\<", "\\\\&lt;"],
  [
    "mentions",
    "<@U1> <!here> @Channel @everyone @here.",
    "&lt;@U1&gt; &lt;!here&gt; @\u2060Channel @\u2060everyone @\u2060here.",
  ],
  ["what only begins so", "@herein a@b", "@herein a@b"],
  ["a table", "| a | b |\n|---|:-:|\n| 1 | 2\\|3 |\n\nend", "- a: 1; b: 2|3\n\nend"],
  ["a table without rows at the end", "x\n| a | b |\n| - | - |", "x\n- a; b\n"],
  ["lines with a bar that are no table", "| a\n| b\nc", "| a\n| b\nc"],
  ["a bar in a line", "p(a | b)", "p(a | b)"],
  ["half a table's line at the end", "  | a <", "  | a &lt;"],
])("%s", (_, given, expected) => {
  expect(slackMarkdown(given)).toBe(expected);
});

it("is the same however the text is cut", () => {
  const word = fc.constantFrom(
    "| a ",
    "|\n",
    "| - | - |\n",
    "\n",
    "\\",
    "@",
    "here",
    "<!",
    "&",
    "x",
    " ",
    "[1]",
    "\\|",
  );
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 30 }),
      fc.array(fc.nat(8), { minLength: 1, maxLength: 40 }),
      (words, cuts) => {
        const text = words.join("");
        const stream = new SlackMarkdown();
        let out = "";
        for (let at = 0, next = 0; at < text.length; next++) {
          const length = cuts[next % cuts.length]! + 1;
          out += stream.push(text.slice(at, at + length));
          at += length;
        }
        expect(out + stream.end()).toBe(slackMarkdown(text));
      },
    ),
  );
});

it("leaves nothing that pings", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("<", ">", "!", "@", "here", "channel", "\\", "|", "\n", "&") }),
      (text) => {
        expect(slackMarkdown(text)).not.toMatch(/[<>]|@(?:here|channel|everyone)\b/i);
      },
    ),
  );
});
