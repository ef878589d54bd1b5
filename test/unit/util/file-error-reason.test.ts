import { statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fileErrorReason } from "../../../src/util/files.ts";

describe("fileErrorReason", () => {
  it("says what is wrong without the path", () => {
    try {
      statSync("/no/such/file");
      expect.unreachable();
    } catch (error) {
      expect(fileErrorReason(error)).toBe("no such file or folder");
    }
  });

  it("takes the message of an error that it does not know, and anything else as it reads", () => {
    expect(fileErrorReason(new Error("odd"))).toBe("odd");
    expect(fileErrorReason("odd")).toBe("odd");
  });
});
