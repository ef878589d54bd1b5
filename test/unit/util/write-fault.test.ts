import { describe, expect, it } from "vitest";
import { writeFault } from "../../../src/util/files.ts";

describe("writeFault", () => {
  it.each([
    ["ENOSPC", "cannot grow, the disk is full: free some space on it"],
    ["EDQUOT", "cannot grow, the disk is full: free some space on it"],
    ["EROFS", "cannot be written: give this user the right to write it"],
    ["ENOTDIR", "is no folder: name another"],
  ])("says what %s means and how to fix it", (code, fault) => {
    expect(writeFault(Object.assign(new Error("x"), { code }))).toBe(fault);
  });

  it("has nothing to say of other errors", () => {
    for (const error of [new Error("x"), Object.assign(new Error("x"), { code: "ENOENT" }), "x", undefined])
      expect(writeFault(error)).toBeUndefined();
  });
});
