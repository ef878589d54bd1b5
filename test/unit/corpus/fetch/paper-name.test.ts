import { describe, expect, it } from "vitest";
import { readPaperName } from "../../../../src/corpus/fetch/paper-name.ts";

describe("readPaperName", () => {
  it.each([
    ["arxiv:2310.01234", "2310.01234"],
    ["arXiv:2310.01234v3", "2310.01234"],
    ["arXiv:2101.00001v3 [cs.CL]", "2101.00001"],
    ["arxiv:math.GT/0309136v1", "math/0309136"],
    ["https://arxiv.org/abs/2310.01234", "2310.01234"],
    ["http://www.arxiv.org/pdf/2310.01234v2.pdf", "2310.01234"],
    ["https://export.arxiv.org/abs/hep-th/9901001", "hep-th/9901001"],
    ["doi:10.48550/arXiv.2310.01234", "2310.01234"],
    ["https://doi.org/10.48550/arXiv.2310.01234", "2310.01234"],
  ])("asks arXiv for %s", (name, id) => {
    expect(readPaperName(name)).toEqual({ kind: "arxiv", id });
  });

  it.each([
    ["doi:10.1000/X(1)<2>", "10.1000/x(1)<2>"],
    ["https://doi.org/10.1000/a%2Fb", "10.1000/a/b"],
    ["http://dx.doi.org/10.1000/a?b", "10.1000/a"],
  ])("asks Crossref for %s", (name, id) => {
    expect(readPaperName(name)).toEqual({ kind: "doi", id });
  });

  it.each([
    ["https://arxiv.org/list/cs.CL/recent", "cs.CL", 50],
    ["https://arxiv.org/list/cs.CL/pastweek?skip=0&show=25", "cs.CL", 25],
    ["https://arxiv.org/list/math/new?show=2000", "math.*", 100],
    ["https://arxiv.org/list/quant-ph/recent/", "quant-ph", 50],
    ["https://arxiv.org/list/cond-mat.mes-hall/recent?show=-1", "cond-mat.mes-hall", 50],
  ])("lists %s", (name, category, most) => {
    expect(readPaperName(name)).toEqual({ kind: "listing", category, most });
  });

  it.each([
    ["arxiv:twelve", "is no arXiv id: name arxiv:2310.01234"],
    ["doi:n/a", "is no DOI"],
    ["https://doi.org/", "holds no DOI"],
    ["https://arxiv.org/", "holds no arXiv id"],
    ["https://arxiv.org/list/cs.CL/2310", "name https://arxiv.org/list/cs.CL/recent"],
    ["https://arxiv.org.evil.example/abs/2310.01234", "arXiv and Crossref alone"],
    ["https://user@evil.example/arxiv.org/abs/2310.01234", "arXiv and Crossref alone"],
    ["http://169.254.169.254/latest/meta-data", "arXiv and Crossref alone"],
    ["https://", "arXiv and Crossref alone"],
    [`doi:10.1000/${"x".repeat(600)}`, "is too long"],
    ["doi:10.1000/\ud800", "is too long or broken"],
  ])("says what is wrong with %s", (name, reason) => {
    expect(readPaperName(name)).toMatchObject({ kind: "problem", reason: expect.stringContaining(reason) });
  });

  it.each(["papers.bib", "./arxiv:2310.01234", "10.1000/x", "2310.01234", "C:\\papers", "seeds", ""])(
    "takes %s for a path",
    (path) => {
      expect(readPaperName(path)).toBeUndefined();
    },
  );
});
