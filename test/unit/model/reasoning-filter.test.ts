import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LoneThoughts, ReasoningFilter } from "../../../src/model/langchain/reasoning-filter.ts";

function heard(chunks: readonly string[], expected?: LoneThoughts) {
  const filter = new ReasoningFilter(expected);
  let text = "";
  let thought = "";
  for (const piece of [...chunks.map((chunk) => filter.push(chunk)), filter.end()]) {
    text = (piece.withdrawn ? "" : text) + piece.text;
    thought += piece.thought;
  }
  return { text, thought, learnt: filter.learnt };
}

const chunkings = (text: string) =>
  fc.array(fc.nat(text.length), { maxLength: 12 }).map((cuts) => {
    const at = [0, ...cuts.sort((a, b) => a - b), text.length];
    return at.slice(1).map((end, i) => text.slice(at[i], end));
  });

const THOUGHT = "\nThe user asks for [2]. 3 < 4, so [9] it is.\n";

describe("ReasoningFilter", () => {
  it.each([
    ["<think>hm, 3 < 4</think>\n\nFour.", "Four."],
    ["\n<think>\n</think>Four.", "Four."],
    ["<think></think>\n<think>again</think>Four.", "Four."],
    ["<think>a</think></think>Four.", "Four."],
    ["Four.", "Four."],
    [" <thin ice.", "<thin ice."],
    ["<thi", "<thi"],
    ["Four <think>is</think> it.", "Four <think>is</think> it."],
    ["The tag `</think>` ends it.", "The tag `</think>` ends it."],
    ["<think>never ends", ""],
    ["", ""],
    ["analysis of variance", "analysis of variance"],
    ["analysisWe need [2].assistantfinalFour.", "Four."],
    ["Four.\n<think>more</think>\nFive.", "Four.\nFive."],
    ["Okay, four it is.", "Okay, four it is."],
    ["Okay, four it is.</think>", ""],
  ])("turns %j into %j, however it is cut", (text, expected) => {
    fc.assert(
      fc.property(chunkings(text), (chunks) => {
        expect(heard(chunks).text).toBe(expected);
      }),
    );
  });

  it.each([
    ["<think>", "</think>"],
    ["<thinking>", "</thinking>"],
    ["<thought>", "</thought>"],
    ["<reasoning>", "</reasoning>"],
    ["<THINK>", "</THINK>"],
    ["[THINK]", "[/THINK]"],
    ["◁think▷", "◁/think▷"],
    ["<seed:think>", "</seed:think>"],
    ["<|begin_of_thought|>", "<|end_of_thought|>"],
    ["<|START_THINKING|>", "<|END_THINKING|>"],
    ["<|channel|>analysis<|message|>", "<|end|><|start|>assistant<|channel|>final<|message|>"],
    ["<|channel|>commentary<|message|>", "<|channel|>final<|message|>"],
    ["", "</think>"],
    ["Okay, ", "</think>"],
    ["", "</thinking>"],
    ["", "[/THINK]"],
    ["", "◁/think▷"],
  ])("tells what stands between %j and %j apart, however it is cut", (opening, closing) => {
    const text = `${opening}${THOUGHT}${closing}\n\nFour [1].`;
    fc.assert(
      fc.property(
        chunkings(text),
        fc.constantFrom<LoneThoughts>("always", "unknown", "never"),
        (chunks, expected) => {
          const { text: said, thought } = heard(chunks, expected);
          expect(said).toBe("Four [1].");
          expect(thought).toContain("The user asks for [2]. 3 < 4, so [9] it is.");
        },
      ),
    );
  });

  it("holds nothing back once it answers", () => {
    const filter = new ReasoningFilter();
    expect(["Po", "w ", "<th", "e "].map((chunk) => filter.push(chunk).text)).toEqual([
      "Po",
      "w ",
      "",
      "<the ",
    ]);
  });

  it("holds back what begins as thoughts do, and learns from how that ends", () => {
    const filter = new ReasoningFilter();
    expect(["Okay", ", the user", " asks"].map((chunk) => filter.push(chunk).text).join("")).toBe("");
    expect(heard(["Okay, so. </think>Four."]).learnt).toBe("always");
    expect(heard(["Okay, four."]).learnt).toBe("never");
    expect(heard(["Four."]).learnt).toBe("unknown");
    const knowing = new ReasoningFilter("always");
    expect(knowing.push("Any text. ").text).toBe("");
    const free = new ReasoningFilter("never");
    expect(free.push("Okay, so ").text).toBe("Okay, so ");
  });

  it("trusts a server that tells thoughts apart", () => {
    const filter = new ReasoningFilter("always");
    filter.trust();
    expect(filter.push("Okay, four.").text).toBe("Okay, four.");
  });
});
