import { expect, it } from "vitest";
import { paperLinks } from "../../../../web/papers/paper-links.ts";
import { makePaper } from "../../../support/make-paper.ts";

it("gives each address of the web once, and no other", () => {
  const { paper } = makePaper({ title: "Title", abstract: "Abstract." });
  const url = "https://arxiv.org/abs/2301.00001";
  const links = ["javascript:alert(1)", "https://www.example.org/code/", "not an address", url];
  expect(paperLinks({ ...paper, arxivId: "2301.00001", doi: "10.1/a b", url, links })).toEqual([
    { name: "arXiv:2301.00001", href: url },
    { name: "doi:10.1/a b", href: "https://doi.org/10.1/a%20b" },
    { name: "example.org/code", href: "https://www.example.org/code/" },
  ]);
});
