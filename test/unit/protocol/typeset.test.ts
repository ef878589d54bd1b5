import { expect, it } from "vitest";
import { typeset } from "../../../src/protocol/wording.ts";

it.each([
  ["a ``deep'' net", "a “deep” net"],
  ["a ``deep,'' wide net", "a “deep,” wide net"],
  ["the `deep' net's heads", "the ‘deep’ net's heads"],
  ["heads -- all of them -- count", "heads – all of them – count"],
  ["pages 3--5 and Gauss--Newton", "pages 3–5 and Gauss–Newton"],
  ["so it is---nearly", "so it is—nearly"],
])("%s → %s", (text, drawn) => {
  expect(typeset(text)).toBe(drawn);
});

it.each([
  "run it with --all",
  "$f''(x) -- ``y''$",
  "see https://example.org/a--b``c''",
  "f''(x) is the second derivative",
  "a ---- rule",
  "don't say 'so'",
  "state-of-the-art",
])("leaves %s", (text) => {
  expect(typeset(text)).toBe(text);
});
