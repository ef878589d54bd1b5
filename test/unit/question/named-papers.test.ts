import { describe, expect, it } from "vitest";
import { namedPapers } from "../../../src/question/names/named-papers.ts";
import { Question } from "../../../src/question/question.ts";

const PAPERS = [
  { title: "Pointer Networks", abstract: "We introduce a neural architecture." },
  { title: "Pointer Networks for Parsing", abstract: "We parse." },
  { title: "DiffHead: Removing Heads from Transformers", abstract: "Transformers have heads." },
  { title: "Attend-and-Excite: Guided Diffusion", abstract: "Diffusion models fail." },
  {
    title: "Short Training, Long Testing of Sequence Models",
    abstract: "We introduce Biases (LiBia) for Large Language Models (LLMs).",
  },
  { title: "Everything Flows in a River of Attention", abstract: "Attention flows." },
  { title: "Clear: Contrastive Learning", abstract: "We present Clear." },
  { title: "Finding Salt Ridges: A Study of Lakes", abstract: "Lakes leave salt." },
  { title: "You Only Look Until Noon: Naps", abstract: "We present a nap (code: nap/yolun)." },
];
const names = (question: string) => namedPapers(new Question(question), PAPERS, { corpusSize: 1000, idf });
const titles = (question: string) => names(question).papers.map(({ title }) => title);

/** All words of a corpus of 1000 are in one paper, but "attention" in 800, and slips in none. */
function idf(term: string): number {
  const papers = ["\u0000", "clera", "clearn"].includes(term) ? 0 : term === "attent" ? 800 : 1;
  return Math.log(1 + (1000 - papers + 0.5) / (papers + 0.5));
}

describe("namedPapers", () => {
  it.each([
    ["summarise Pointer Networks", "Pointer Networks"],
    ["sumarize Poniter Netwroks", "Pointer Networks"],
    ["what does pointer networks for parsing do", "Pointer Networks for Parsing"],
    ["libia in short", undefined],
    ["DiffHead in short", "DiffHead: Removing Heads from Transformers"],
    ["diff head, tl;dr", "DiffHead: Removing Heads from Transformers"],
    ["the gist of Attend & Excite", "Attend-and-Excite: Guided Diffusion"],
    ["What is LiBia?", "Short Training, Long Testing of Sequence Models"],
    ["the short training, long testing of models paper", "Short Training, Long Testing of Sequence Models"],
    ["gist of 'Everything Flows'", "Everything Flows in a River of Attention"],
    ["is everything flowing?", undefined],
    ["the gist of the river paper", "Everything Flows in a River of Attention"],
    ["explain the paper about linear biases", undefined],
    ["explain the paper about guided difusion", "Attend-and-Excite: Guided Diffusion"],
    ["overview of the pointer paper", undefined],
    ["a long river article", undefined],
    ["the attention river paper", undefined],
    ["Tell me about salt ridges", "Finding Salt Ridges: A Study of Lakes"],
    ["salt ridge summary", "Finding Salt Ridges: A Study of Lakes"],
    ["Explain salt ridges in deserts", undefined],
    ["tell me about contrastive learning of heads", undefined],
    ["explain everything", undefined],
    ["what is YOLUN?", "You Only Look Until Noon: Naps"],
    ["tl;dr Clera", "Clear: Contrastive Learning"],
    ["summarise clear", "Clear: Contrastive Learning"],
    ["can u summarise clear for me", "Clear: Contrastive Learning"],
    ["tldr of yolun pls", "You Only Look Until Noon: Naps"],
    ["summarise what is clear", undefined],
    ["how do LLMs work?", undefined],
    ["is attention clear?", undefined],
  ])("%s names %s", (question, title) =>
    expect(titles(question)).toEqual(title === undefined ? [] : [title]),
  );

  it("says when a name is guessed", () => {
    expect(names("explain Clera").guessed).toBe(true);
    expect(names("explain the Clearn paper").guessed).toBe(true);
    expect(names("explain salt ridges").guessed).toBe(false);
  });

  it("keeps the order of the question, and gives what else is asked", () => {
    const { papers, rest } = names("Is DiffHead faster than Pointer Networks on speech?");
    expect(papers.map(({ title }) => title)).toEqual([PAPERS[2]?.title, PAPERS[0]?.title]);
    expect(rest.replace(/\s+/g, " ")).toBe("Is faster than on speech?");
  });
});
