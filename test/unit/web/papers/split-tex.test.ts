import { expect, it } from "vitest";
import { splitTex } from "../../../../web/papers/split-tex.ts";

it.each([
  ["no formula", "no formula"],
  ["an $x^2$ here", "an ", ["formula", "x^2"], " here"],
  ["$a$ and \\(b\\)", ["formula", "a"], " and ", ["formula", "b"]],
  ["so $$a = b$$ and \\[c\\]", "so ", ["display", "a = b"], " and ", ["display", "c"]],
  ["it costs $5 and $10 more", "it costs $5 and $10 more"],
  ["one $ alone", "one $ alone"],
  ["$5-$10 a token", "$5-$10 a token"],
])("splits %j", (text, ...pieces) => {
  const expected = pieces.map((piece) =>
    typeof piece === "string" ? { kind: "words", text: piece } : { kind: piece[0], text: piece[1] },
  );
  expect(splitTex(text)).toEqual(expected);
});
