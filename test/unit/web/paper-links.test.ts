import { expect, it } from "vitest";
import { bestSentence } from "../../../web/notes/best-sentence.ts";
import { paperLinks, searchLinks } from "../../../web/notes/paper-links.ts";
import { samplePaper } from "../../support/sample-answer.ts";

const { url: _, doi: __, arxivId: ___, links: ____, ...paper } = samplePaper;

it("names links by what they are, and takes none that is not of the web", () => {
  const links = [
    "https://github.com/locuslab/massive-activations/tree/main/a",
    "https://www.example.org/a/b?c",
    "javascript:alert(1)",
    "https://zenodo.org/records/12",
    "not an address",
  ];
  expect(paperLinks({ ...paper, links })).toEqual([
    { href: links[0], label: "Code · github.com/locuslab/massive-activations" },
    { href: links[1], label: "example.org" },
    { href: links[3], label: "Data · zenodo.org/records/12" },
  ]);
  const [arxiv, doi] = paperLinks({ ...paper, arxivId: "2402.17762", doi: "10.1000/a b" });
  expect([arxiv, doi]).toEqual([
    { href: "https://arxiv.org/abs/2402.17762", label: "arXiv:2402.17762" },
    { href: "https://doi.org/10.1000/a%20b", label: "doi:10.1000/a b" },
  ]);
});

it("finds a paper elsewhere by its title, whatever that holds", () => {
  const title = 'What & "why"? \ud800';
  const query = "What%20%26%20%22why%22%3F%20%EF%BF%BD";
  expect(searchLinks({ title }).map(({ href }) => href)).toEqual([
    `https://arxiv.org/search/?searchtype=title&query=${query}`,
    `https://www.semanticscholar.org/search?q=${query}`,
    `https://scholar.google.com/scholar?q=${query}`,
  ]);
  expect(searchLinks({ title, arxivId: "2402.17762" }).map(({ label }) => label)).toEqual([
    "Semantic Scholar",
    "Google Scholar",
  ]);
});

it("takes the sentence that has most of the question's words, and the first where none has any", () => {
  const passages = [
    { text: "Rocks are old. Sparse attention is fast." },
    { text: "Attention that is sparsely computed saves memory, e.g. on long inputs." },
  ];
  expect(bestSentence(passages, "Does sparse attention save memory?")).toBe(passages[1]?.text);
  expect(bestSentence(passages, "Who?")).toBe("Rocks are old.");
  expect(bestSentence([], "Who?")).toBe("");
  expect(bestSentence([{ text: "岩石很古老。注意力很快。" }], "注意力是什么？")).toBe("注意力很快。");
});
