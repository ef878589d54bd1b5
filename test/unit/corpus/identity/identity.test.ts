import { describe, expect, it } from "vitest";
import { identityKeys, idOfKey } from "../../../../src/corpus/paper.ts";

describe("identityKeys", () => {
  const keyOf = (record: { doi?: string; arxivId?: string; title?: string }) =>
    identityKeys({ title: "T", ...record })[0];

  it.each([
    "10.1000/ABC.1",
    " 10.1000/abc.1 ",
    "doi:10.1000/abc.1",
    "DOI: 10.1000/abc.1",
    "https://doi.org/10.1000/abc.1",
    "http://dx.doi.org/10.1000/abc.1",
    "10.1000/abc.1 10.1000/other",
  ])("knows the DOI %j", (doi) => {
    expect(keyOf({ doi })).toBe("doi:10.1000/abc.1");
  });

  it.each(["", "n/a", "none", "10.1000", "11.1000/abc"])("takes %j for no DOI", (doi) => {
    expect(identityKeys({ title: "T", doi })).toEqual(["title:t"]);
  });

  it.each([
    ["1608.03189", "arxiv:1608.03189"],
    ["arXiv:1608.03189v2", "arxiv:1608.03189"],
    ["https://arxiv.org/abs/1608.03189v12", "arxiv:1608.03189"],
    ["http://www.arxiv.org/pdf/1608.03189.pdf", "arxiv:1608.03189"],
    ["arxiv.org/abs/0704.0001?context=math", "arxiv:0704.0001"],
    ["arXiv:2101.00001v3 [cs.CL]", "arxiv:2101.00001"],
    ["2101.00001 [math.AG]", "arxiv:2101.00001"],
    ["hep-th/9901001", "arxiv:hep-th/9901001"],
    ["arXiv:hep-th/9901001v3", "arxiv:hep-th/9901001"],
    ["https://arxiv.org/abs/math.GT/0309136v1", "arxiv:math/0309136"],
    ["math/0309136", "arxiv:math/0309136"],
  ])("knows the arXiv id %j", (arxivId, key) => {
    expect(keyOf({ arxivId })).toBe(key);
  });

  it.each(["", "1608", "901.4651", "1908.0715899999998", "hep-th/99", "see arXiv"])(
    "takes %j for no arXiv id",
    (arxivId) => {
      expect(identityKeys({ title: "T", arxivId })).toEqual(["title:t"]);
    },
  );

  it("sees through the DOI that arXiv gives its own papers", () => {
    expect(identityKeys({ title: "T", doi: "10.48550/arXiv.1608.03189" })).toContain("arxiv:1608.03189");
  });

  it.each([
    ["Attention Is All You Need", "attention is all you need"],
    ["  ATTENTION:  is—all (you) need!? ", "attention is all you need"],
    ["Gödel, Erdős & Poincaré", "godel erdos poincare"],
    ["G\\\"odel, Erd\\H{o}s \\& Poincar\\'{e}", "godel erd h o s poincare"],
    ["ﬁne‐tuning", "fine tuning"],
    ["深層学習のための１０の方法", "深層学習のための10の方法".normalize("NFKD")],
    ["हिन्दी", "हिन्दी"],
    ["Глубокое обучение", "глубокое обучение"],
    ["???", "???"],
  ])("compares the title %j as %j", (title, normal) => {
    expect(identityKeys({ title })).toEqual([`title:${normal}`]);
  });

  it("keeps titles apart that differ in more than spelling", () => {
    const titles = ["C", "C++", "С", "か", "が", "???", "!!!", "2D", "3D"];
    expect(new Set(titles.flatMap((title) => identityKeys({ title }))).size).toBe(titles.length);
  });

  it("names DOI, arXiv id and title in this order", () => {
    const keys = identityKeys({ title: "T", arxivId: "1608.03189", doi: "10.1000/x" });
    expect(keys).toEqual(["doi:10.1000/x", "arxiv:1608.03189", "title:t"]);
  });
});

describe("idOfKey", () => {
  it("is the same for ever: stored answers name it", () => {
    expect(idOfKey("arxiv:1608.03189")).toBe("0vMZwdhpCwzRSp7-");
  });

  it("is opaque and safe in a URL", () => {
    for (const key of ["title:a", "title:b", "doi:10.1/ü"])
      expect(idOfKey(key)).toMatch(/^[A-Za-z0-9_-]{16}$/);
  });
});
