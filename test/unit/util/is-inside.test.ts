import { expect, it } from "vitest";
import { isInside } from "../../../src/util/files.ts";

it.each([
  ["/a/b", "/a/b", true],
  ["/a/b/c/d", "/a/b", true],
  ["/a/b/..c", "/a/b", true],
  ["/a/bc", "/a/b", false],
  ["/a", "/a/b", false],
  ["/", "/a", false],
  ["/a", "/", true],
])("%s inside %s: %s", (file, folder, expected) => {
  expect(isInside(file, folder)).toBe(expected);
});
