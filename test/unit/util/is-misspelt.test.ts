import { describe, expect, it } from "vitest";
import { isMisspelt } from "../../../src/util/is-misspelt.ts";

describe("isMisspelt", () => {
  it.each([
    ["poniter", "pointer", true],
    ["programable", "programmable", true],
    ["netwroks", "networks", true],
    ["networks", "networks", true],
    ["cone", "code", false],
    ["attention", "intention", false],
    ["gpt25", "gpt35", false],
    ["network", "notebooks", false],
  ])("%s for %s: %s", (word, meant, is) => expect(isMisspelt(word, meant)).toBe(is));
});
