import { describe, expect, it } from "vitest";
import { readMessage } from "../../../src/question/reading/message.ts";

const QUESTIONS = [
  "What are massive activations?",
  "Which papers study hallucination?",
  "How much faster is CoreInfer than PowerInfer?",
  "Why is sigmoid attention better than softmax attention?",
  "How does DiffCSE, a contrastive method, differ from SimCSE?",
  "When do terns, as seabirds, follow magnetic fields?",
];
const AROUND: readonly ((question: string) => string)[] = [
  (q) => `Hi! ${q}`,
  (q) => `Hello, could you tell me ${q.charAt(0).toLowerCase()}${q.slice(1)}`,
  (q) => `${q} Thanks!`,
  (q) => `Hey team, quick question: ${q}`,
  (q) => `I'm a PhD student writing a survey. ${q}`,
  (q) => `ok so i am new to this field, ${q}`,
  (q) => `${q} Please answer in German.`,
  (q) => `${q} Please cite the papers.`,
  (q) => `${q} Give me a table.`,
  (q) => `${q} Explain step by step.`,
  (q) => `${q} In three bullet points, no jargon please`,
  (q) => `According to the papers, ${q}`,
  (q) => `${q} :thinking_face:`,
  (q) => `${q} 1`,
  (q) => q.toUpperCase(),
  (q) => `🙏 ${q} 👩🏽‍🔬`,
  (q) => `${q} https://example.org/a?b=c#d`,
  (q) => `Good morning everyone, hope you are well. ${q} Kind regards, Anna`,
  (q) => `Dear Footnote,\n\n${q}\n\nBest,\nTom Miller`,
  (q) => `${q.replace("?", "")} thanks in advance`,
  (q) => `Sorry to bother you again - ${q}`,
  (q) => `Please help me understand: ${q}`,
];
const plain = (text: string) => text.toLowerCase().replace(/\?$/, "");

describe("readMessage", () => {
  it.each(AROUND.map((around) => [around("…"), around] as const))("asks the same with %j", (_, around) => {
    for (const question of QUESTIONS)
      expect(plain(readMessage(around(question)).asked)).toBe(plain(question));
  });

  it.each([
    ...QUESTIONS,
    "Summarize Pointer Networks in three bullets",
    "Compare Titans, Landmark Attention and MemoryPrompt",
    "What does the literature say?",
    "Give me three similar papers",
    "Tell me about Titans",
    "list all papers",
    "kv cache",
    "flag, word by word, which bits of a summary were made up",
    "what is USE, the universal sentence encoder?",
    "Which models are used in 'Do Vision and Language Models Share Concepts?'",
    "tldr Zorua",
    "ok cool thx",
    "BERT VS GPT",
    "Compare GPT 3, 4",
    "And how do terns nest?",
    "Is sigmoid attention better than softmax attention?",
    "How do models cite sources in long answers?",
    "Which words do models repeat at 10:30:45?",
    "I train on legal documents with a small GPU. How do I extend the context cheaply?",
    "thanks!",
    "hi",
    "Answer in German",
    "",
  ])("leaves %j as it is", (message) => {
    expect(readMessage(message).asked).toBe(message);
  });

  it("keeps what is wished for, apart", () => {
    expect(readMessage("What is Loki? In two sentences, please.")).toEqual({
      asked: "What is Loki?",
      wishes: "In two sentences",
    });
    expect(readMessage("What is Loki? Thank you so much!").wishes).toBe("");
  });
});
