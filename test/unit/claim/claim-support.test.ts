import { describe, expect, it } from "vitest";
import { digitQuantities, wordQuantities } from "../../../src/claim/claim-facts.ts";
import { ClaimSupport, STRONG, WEAK } from "../../../src/claim/claim-support.ts";
import { NamedIn, namesIn } from "../../../src/text/names-in.ts";
import { makePaper } from "../../support/make-paper.ts";
import { realEmbedder } from "../../support/real-embedder.ts";

const { paper } = makePaper({
  title: "HeadCut: Pruning Attention Heads",
  abstract:
    "Transformers have many attention heads. We prune two thirds of them with HeadCut, trained on 1,000 sentences. " +
    "Accuracy drops by 0.4% only, and inference is 2.5x faster than with BERT. " +
    "Pruning does not improve large language models (LLMs) without finetuning 𝒙.",
});

const best = async (claim: string) => new ClaimSupport(await realEmbedder(), () => 1).best(claim, paper);
const quote = async (claim: string) => {
  const { start, end } = await best(claim);
  return paper.abstract.slice(start, end);
};

describe("ClaimSupport", () => {
  it("finds the sentence that states the claim, at its offsets", async () => {
    expect(await quote("HeadCut loses only 0.4 % accuracy")).toMatch(/^Accuracy drops .* BERT\.$/);
    expect(await quote("Large language models are not improved by pruning")).toMatch(
      /^Pruning does not .* 𝒙\.$/,
    );
  });

  it.each([
    "HeadCut prunes two thirds of the attention heads.",
    "With HeadCut inference is 2.5 times faster than with BERT, and accuracy drops by only 0.4 percent.",
    "HeadCut prunes attention heads and is trained on 1000 sentences.",
    "Pruning does not improve LLMs without finetuning.",
  ])("is strong for %j", async (claim) => expect((await best(claim)).support).toBeGreaterThanOrEqual(STRONG));

  it.each([
    ["another number", "With HeadCut accuracy drops by 0.9% only."],
    ["another unit", "With HeadCut accuracy drops by 0.4 only, and inference is 2.5% faster than with BERT."],
    ["another number in words", "We prune three thirds of the attention heads with HeadCut."],
    ["another name", "Accuracy drops by 0.4% only, and inference is 2.5x faster than with RoBERTa."],
    ["another version", "Accuracy drops by 0.4% only, and inference is 2.5x faster than with BERT-2."],
    ["a denial", "We do not prune two thirds of them with HeadCut."],
    ["another subject", "Bread rises better when the dough rests overnight in a cool place."],
    ["nothing at all", ""],
  ])("is below weak for %s", async (_, claim) => expect((await best(claim)).support).toBeLessThan(WEAK));

  it("is lower for a claim that leaves out a denial", async () => {
    const denied = await best("Pruning does not improve large language models.");
    const affirmed = await best("Pruning does improve large language models.");
    expect(affirmed.support).toBeLessThan(denied.support);
  });

  it("carries a denial only of what the sentence denies or says to be absent", async () => {
    const abstract =
      "We introduce GateSkip, a tuning-free sparse inference method based on sentence-level prediction.";
    const gated = makePaper({ title: "GateSkip: Sparse Inference", abstract }).paper;
    const support = new ClaimSupport(await realEmbedder(), () => 1);
    const of = async (claim: string) => (await support.best(claim, gated)).support;
    expect(await of("GateSkip is a sparse inference method that does not need tuning.")).toBeGreaterThan(
      STRONG,
    );
    expect(await of("GateSkip is not a tuning-free sparse inference method.")).toBeLessThan(WEAK);
    expect(await of("GateSkip never uses sentence-level prediction.")).toBeLessThan(WEAK);
  });

  it("lies within [0, 1], and is nothing where there is no abstract", async () => {
    for (const { start, end } of [{ start: 0, end: 39 }]) {
      const { support } = await best(paper.abstract.slice(start, end));
      expect(support).toBeGreaterThan(0.9);
      expect(support).toBeLessThanOrEqual(1);
    }
    const blank = makePaper({ title: "HeadCut", abstract: " " }).paper;
    const support = new ClaimSupport(await realEmbedder(), () => 1);
    expect(await support.best("HeadCut prunes.", blank)).toEqual({ start: 0, end: 0, support: 0 });
  });

  it("stops when aborted", async () => {
    const support = new ClaimSupport(await realEmbedder(), () => 1);
    await expect(support.best("A claim.", paper, AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});

describe("numbers", () => {
  it.each([
    ["1,000 and 1000 and 1k", ["1000", "1000", "1000"]],
    ["5%, 5 %, 5\\% and 5 percent", ["5%", "5%", "5%", "5%"]],
    ["2x, 2×, 2 times, 2-fold and $2\\times$", ["2x", "2x", "2x", "2x", "2x"]],
    ["a 7B model, 1.5 million pairs, 175-billion", ["7000000000", "1500000", "175000000000"]],
    ["GPT-4, Llama-2-7b, F1, word2vec and 3D", []],
    ["from 32 to 256, 5-10 and 33.2.", ["32", "256", "5", "10", "33.2"]],
  ])("reads %j", (text, expected) => expect(digitQuantities(text)).toEqual(expected));

  it("reads small numbers in words", () => {
    expect(wordQuantities("two heads, twice, three-fold, five percent, one, someone, often")).toEqual([
      "2",
      "2x",
      "3x",
      "5%",
    ]);
  });
});

describe("names", () => {
  it("are what is written like one, but not the first word of a sentence", () => {
    expect(
      namesIn(
        "Recurrent models of Hugging Face beat BERT and Plato's GPT-4. Yes: DiffCSE does, in 2x the time.",
      ),
    ).toEqual(["Hugging Face", "BERT", "Plato", "GPT-4", "DiffCSE"]);
  });

  it.each([
    "LLMs",
    "LLM",
    "SAE",
    "ViT",
    "MLM-edited",
    "Llama-2",
    "Hugging-Face",
    "Hugging Face",
    "Llama ViT",
    "transformer",
    "Pretraining",
  ])("finds %s where it is written otherwise", (name) => {
    const source =
      "Large language models like Llama 2 of HuggingFace; sparse autoencoders; a Vision Transformer; pre-training; masked language modeling.";
    expect(new NamedIn(source).has(name)).toBe(true);
  });

  it.each(["Llama-5", "US", "RoBERTa", "CNN", "BERT Tiny", "GPT Llama-2"])("does not find %s", (name) => {
    expect(new NamedIn("Superfluous large language models like Llama-2 and BERT.").has(name)).toBe(false);
  });
});
