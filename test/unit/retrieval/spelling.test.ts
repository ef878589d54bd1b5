import { describe, expect, it } from "vitest";
import { Spelling } from "../../../src/retrieval/spelling.ts";

const PAPERS = [
  { title: "Retrieval heads explain factuality", abstract: "Retrieval heads copy. They compress contexts." },
  {
    title: "Pointer Networks",
    abstract: "Networks point at inputs, and do not hallucinate. Retrieval follows.",
  },
  { title: "Hallucinations", abstract: "Models hallucinate. We compress nothing." },
];
const BRITISH = { title: "Memories", abstract: "Memories of models. Models memorize. They memorize more." };
const known = new Set(
  PAPERS.flatMap(({ title, abstract }) => `${title} ${abstract}`.toLowerCase().match(/\p{L}+/gu) ?? []),
);
const ENGLISH = new Set("guitar tuned networks bread".split(" "));
const spelling = (isWord?: (word: string) => boolean) =>
  new Spelling({ papers: PAPERS, isKnown: (word) => known.has(word), isWord });
const withEnglish = spelling((word) => ENGLISH.has(word) || known.has(word));

describe("Spelling", () => {
  it.each([
    ["whta are reterival heads", "what are retrieval heads"],
    ["sumarize Poniter Networks", "sumarize pointer Networks"],
    ["How do models halucinate?", "How do models hallucinate?"],
    ["can I comprss contexts", "can I compress contexts"],
    ["do etworks point", "do networks point"],
    ["ehads of erwtorks and rtetrieval", "heads of erwtorks and retrieval"],
  ])("puts %j right", async (question, right) => {
    expect(await withEnglish.correct(question)).toBe(right);
  });

  it.each([
    "How is a guitar tuned?",
    "What is RetrievalHed9?",
    "Is GPT-5 better?",
    "zyxomatic quandaries",
    "テスト",
    "",
  ])("leaves %j", async (question) => {
    expect(await withEnglish.correct(question)).toBe(question);
  });

  it("goes by the words beside it in a title, or by standing alone, where words of English are not known", async () => {
    expect(await spelling().correct("sumarize Poniter Networks")).toBe("sumarize pointer Networks");
    expect(await spelling().correct("explain Netwroks")).toBe("explain networks");
    expect(await spelling().correct("How do models halucinate?")).toBe("How do models halucinate?");
  });

  it("does not take a slip of one paper for the word that is meant", async () => {
    const papers = [...PAPERS, { title: "Other", abstract: "We compres one." }];
    const own = new Spelling({ papers, isKnown: (word) => known.has(word), isWord: () => false });
    expect(await own.correct("comprs")).toBe("compress");
  });
});

it("takes British for American before it takes it for a slip, and does not guess at three letters", async () => {
  const papers = [BRITISH, BRITISH, BRITISH, { ...BRITISH, abstract: "Memories are wide." }];
  const words = new Set(["memories", "models", "memorize", "wide"]);
  const own = new Spelling({ papers, isKnown: (word) => words.has(word), isWord: (word) => words.has(word) });
  expect(await own.correct("memorise")).toBe("memorize");
  expect(await own.correct("Wie")).toBe("Wie");
});
