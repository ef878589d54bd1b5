import { describe, expect, it } from "vitest";
import { extractLinks } from "../../../src/corpus/extract-links.ts";
import { growth } from "../../support/growth.ts";

describe("extractLinks", () => {
  it.each([
    ["Code: https://github.com/a/b.", ["https://github.com/a/b"]],
    ["(see https://a.org/x_(y)) and http://b.org/;", ["https://a.org/x_(y)", "http://b.org/"]],
    ["at \\url{https://a.org/b\\_c\\%20d}.", ["https://a.org/b_c%20d"]],
    ["\\href{https://a.org/b}{the code} is", ["https://a.org/b"]],
    [
      "[code](https://a.org/b), <https://c.org>, 'https://d.org'.",
      ["https://a.org/b", "https://c.org", "https://d.org"],
    ],
    ["https://a.org/x, again https://a.org/x!", ["https://a.org/x"]],
    ["http://a.edu/$\\sim$me and http://a.edu/\\~{}you", ["http://a.edu/~me", "http://a.edu/~you"]],
    ["コードは https://a.org/b。次", ["https://a.org/b"]],
    ["https://a.org/b?c=d&e=[f]#g...", ["https://a.org/b?c=d&e=[f]#g"]],
    ["HTTPS://A.org/B", ["HTTPS://A.org/B"]],
    ['https://a.org/"onmouseover=x', ["https://a.org/"]],
  ])("in %j finds %j", (text, links) => {
    expect(extractLinks(text)).toEqual(links);
  });

  it.each([
    "no link",
    "www.a.org",
    "ftp://a.org",
    "javascript:alert(1)",
    "https://",
    "https://...",
    "http://localhost/x",
  ])("in %j finds none", (text) => {
    expect(extractLinks(text)).toEqual([]);
  });

  it("takes time in proportion to the dots of an address", async () => {
    const extract = (dots: number) => void extractLinks(`https://a.org/${".".repeat(dots)}x`);
    expect(await growth(extract, 20_000)).toBeLessThan(2.5);
  });
});
