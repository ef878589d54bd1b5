import { expect, it } from "vitest";
import { withoutUndefined } from "../../../src/util/without-undefined.ts";

it("drops the undefined members and nothing else", () => {
  const value = withoutUndefined({ a: undefined, b: null, c: 0, d: "", e: [undefined] });
  expect(Object.keys(value)).toEqual(["b", "c", "d", "e"]);
  expect(value).toEqual({ b: null, c: 0, d: "", e: [undefined] });
});
