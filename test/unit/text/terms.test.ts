import { describe, expect, it } from "vitest";
import { contentWords, terms } from "../../../src/text/terms.ts";

describe("terms", () => {
  it("stems, so that forms of a word meet", () => {
    expect(terms("embeddings embedding embedded")).toEqual(["embed", "embed", "embed"]);
  });

  it("leaves out stop words and words of asking", () => {
    expect(terms("What is the role of attention in it?")).toEqual(["role", "attent"]);
  });

  it("gives a compound's parts and the parts joined", () => {
    expect(terms("pre-training")).toEqual(["pre", "train", "pretrain"]);
    expect(terms("pretraining")).toEqual(["pretrain"]);
  });

  it("folds case, accents and possessives", () => {
    expect(terms("Müller's BERT")).toEqual(terms("muller bert"));
  });

  it("keeps numbers and other scripts", () => {
    expect(terms("GPT-4 学习")).toEqual(["gpt", "4", "gpt4", "学习"]);
  });

  it("leaves what is too long for a word as it is", () => {
    const long = "x".repeat(100_000);
    expect(terms(`${long}ing`)).toEqual([`${long}ing`]);
  });

  it("takes any text without a word", () => expect(terms(" … —— ''' - ")).toEqual([]));
});

describe("contentWords", () => {
  it("keeps the words as written, in order", () => {
    expect(contentWords("How could I fine-tune BERT?")).toBe("fine tune BERT");
  });
});
