import { describe, expect, it } from "vitest";
import { OnnxPairReader } from "../../../src/reader/onnx-pair-reader.ts";
import { UNREAD } from "../../../src/reader/pair-reader.ts";
import { paperVector } from "../../../src/reader/reading-format.ts";
import { splitSentences } from "../../../src/text/sentences.ts";
import { dot } from "../../../src/util/vectors.ts";
import { MODELS_FOLDER } from "../../support/real-embedder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const loading = OnnxPairReader.load({ modelsFolder: MODELS_FOLDER, model: "footnote/papers-reader" });

const HEADS = {
  title: "Pruning attention heads of translation models",
  abstract:
    "Translation models are large. We show that two thirds of the heads can be removed without a loss of quality. " +
    "The remaining heads attend to neighbouring words and to rare ones.",
};
const BIRDS = {
  title: "How terns find their island again",
  abstract:
    "Terns breed where they were born. We followed 60 birds over four years. Magnetic fields, not stars, led them home.",
};

async function scores(question: string, papers = [HEADS, BIRDS]) {
  const reader = await loading;
  const readings = await Promise.all(papers.map((paper) => reader.read(paper)));
  return (await reader.score(question, readings)).map((logits) => Array.from(logits));
}

describe("OnnxPairReader", () => {
  it("gives a number to each sentence, the highest to the one that answers in other words", async () => {
    const [heads = [], birds = []] = await scores("Can I make a translator smaller and keep it as good?");
    expect([heads.length, birds.length]).toEqual([3, 3]);
    expect(Math.max(...heads, ...birds)).toBe(heads[1]);
    const [translators = [], home = []] = await scores("How do animals find their way back?");
    expect(Math.max(...home)).toBeGreaterThan(Math.max(...translators));
  });

  it("has a vector of a question that points to the paper that answers", async () => {
    const reader = await loading;
    const vectors = await Promise.all([HEADS, BIRDS].map(async (one) => paperVector(await reader.read(one))));
    const nearest = async (question: string) => {
      const asked = await reader.vector(question);
      const [heads = 0, birds = 0] = vectors.map(
        (one) => dot(asked, Float32Array.from(one)) / Math.hypot(...one),
      );
      return heads > birds ? "heads" : "birds";
    };
    expect(await nearest("Can I make a translator smaller and keep it as good?")).toBe("heads");
    expect(await nearest("How do animals find their way back?")).toBe("birds");
    expect([...(await reader.vector(" "))].every((value) => value === 0)).toBe(true);
  });

  it("gives a paper the same numbers whatever others it is asked with", async () => {
    const question = "What do sea birds navigate by?";
    const [, together = []] = await scores(question, [HEADS, BIRDS]);
    const [alone = []] = await scores(question, [BIRDS]);
    for (const [at, logit] of alone.entries()) expect(together[at]).toBeCloseTo(logit, 3);
    const many = await scores(question, [...Array(23).fill(HEADS), BIRDS]);
    for (const [at, logit] of alone.entries()) expect(many.at(-1)?.[at]).toBeCloseTo(logit, 3);
  });

  it("reads what is too long to its bound, and says so of the rest", async () => {
    const abstract = Array(1500)
      .fill("We followed sixty birds over four long years in the north of the country.")
      .join(" ");
    const [logits = []] = await scores("How many birds were followed?", [{ title: "Terns", abstract }]);
    expect(logits).toHaveLength(splitSentences(abstract).length);
    expect(logits[0]).toBeGreaterThan(UNREAD);
    expect(logits.at(-1)).toBe(UNREAD);
  });

  it("takes papers and questions without a word", async () => {
    expect(await scores("Who?", [{ title: "", abstract: "" }])).toEqual([[]]);
    const [logits = []] = await scores(" \u200b ", [BIRDS]);
    expect(logits).toEqual([UNREAD, UNREAD, UNREAD]);
    expect((await scores("鳥はどこへ?", [BIRDS]))[0]).toHaveLength(3);
  });

  it("knows what it cannot read", async () => {
    const reader = await loading;
    for (const text of [
      "What do sea birds navigate by?",
      "Was sind Transformer?",
      "kv cache",
      "naïve Bayes",
      "GPT-4 vs. 4o?",
    ])
      expect(reader.reads(text), text).toBe(true);
    for (const text of [
      "ما هي كتل النحل؟",
      "苔藓屋顶使室内温度下降多少？",
      "",
      "…",
      "1, 2, 3, 4, 5",
      "$0 |x ~1 a? ?2",
    ])
      expect(reader.reads(text), text).toBe(false);
  });

  it("stops between two runs", async () => {
    const reader = await loading;
    const reading = await reader.read(HEADS);
    const aborted = AbortSignal.abort();
    await expect(reader.score("Why?", [reading], aborted)).rejects.toThrow(/abort/i);
    await expect(reader.read(HEADS, aborted)).rejects.toThrow(/abort/i);
  });

  it("names the file that is missing, and the fix", async () => {
    await expect(
      OnnxPairReader.load({ modelsFolder: temporaryFolder(), model: "footnote/papers-reader" }),
    ).rejects.toThrow(/READER_MODEL "footnote\/papers-reader".*weights\.bin.*READER_MODEL=none/);
  });
});
