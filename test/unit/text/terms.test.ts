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
    expect(terms("GPT-4 обучение")).toEqual(["gpt", "4", "gpt4", "обучение"]);
  });

  it.each([
    ["猫", "都市の猫の行動範囲を調べた。"],
    ["深度学习如何分割图像？", "我们用深度学习对医学图像做分割。"],
    ["고양이가 얼마나 자나요?", "고양이는 하루에 열두 시간을 잔다."],
    ["แมวนอนกี่ชั่วโมง", "เราวัดว่าแมวนอนนานเท่าใด"],
  ])("of a script without spaces, %j shares terms with a text that holds its words", (question, text) => {
    const held = new Set(terms(text));
    expect(terms(question).some((term) => held.has(term))).toBe(true);
    expect(terms("the weather of 1999").some((term) => held.has(term))).toBe(false);
  });

  it("takes a run of such letters in pairs, and each Chinese character too", () => {
    expect(terms("学习BERT 한국")).toEqual(["学", "学习", "习", "한국", "bert"]);
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
