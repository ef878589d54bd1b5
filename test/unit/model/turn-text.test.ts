import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TurnText } from "../../../src/model/langchain/turn-text.ts";

function read(chunks: readonly string[]): string {
  const turn = new TurnText();
  return chunks.map((chunk) => turn.push(chunk)).join("") + turn.end();
}

const chunkings = (text: string) =>
  fc.array(fc.nat(text.length), { maxLength: 12 }).map((cuts) => {
    const at = [0, ...cuts.sort((a, b) => a - b), text.length];
    return at.slice(1).map((end, i) => text.slice(at[i], end));
  });

const FENCED = "Four [1].\n\n```js\nx[1]\n```\n\nFive [2].";

describe("TurnText", () => {
  it.each([
    ["Four [1].<|im_end|>", "Four [1]."],
    ["Four [1].</s>", "Four [1]."],
    ["Four [1]. <|eot_id|>\n", "Four [1]."],
    ["Four [1]<|end|>", "Four [1]"],
    ["Four [1].<｜end▁of▁sentence｜>", "Four [1]."],
    ["Four [1].<end_of_turn>\n<start_of_turn>user\nMore [2]?", "Four [1]."],
    ["Four [1].<|im_end|>\n<|im_start|>user\nMore [2]?", "Four [1]."],
    ["Four [1].\nAssistant:", "Four [1]."],
    ["Four [1]. Assistant:", "Four [1]."],
    ["Four [1].\n\n**User:** And five [2]?", "Four [1]."],
    ["Four [1].\n\n### User:\nAnd five?", "Four [1]."],
    ["Four [1].\nHuman: And five?\nAssistant: Five [2].", "Four [1]."],
    ["Assistant: Four [1].", "Four [1]."],
    ["<|im_start|>assistant\nFour [1].", "Four [1]."],
    ["<|channel|>final<|message|>Four [1].<|return|>", "Four [1]."],
    ["<answer>\nFour [1].\n</answer>", "Four [1]."],
    ["```markdown\nFour [1].\n```", "Four [1]."],
    ["```\nFour [1].\n```\n", "Four [1]."],
    [`\`\`\`md\n${FENCED}\n\`\`\``, FENCED],
    ["```\nFour [1].", "Four [1]."],
  ])("takes the answer out of %j, however it is cut", (text, expected) => {
    fc.assert(
      fc.property(chunkings(text), (chunks) => {
        expect(read(chunks).trimEnd()).toBe(expected);
      }),
    );
  });

  it.each([
    "A plain answer [1].\n\n- with a list\n- and a <b>tag</b>",
    "The token <s> draws attention [1].",
    "The first token, <|endoftext|> or `</s>`, is a sink [1].",
    "In [INST] marks a model is told what to do [1].",
    "The assistant: a role [1]. The user is asked.",
    "x < y and y > z [1].",
    "```python\nprint(x[1])\n```\nFour [1].",
    FENCED,
    "`a` is four [1].",
    "",
  ])("leaves %j as it is, however it is cut", (text) => {
    fc.assert(
      fc.property(chunkings(text), (chunks) => {
        expect(read(chunks)).toBe(text);
      }),
    );
  });

  it("holds back no word that cannot become the name of a role", () => {
    const turn = new TurnText();
    expect(["Four", " of", " them", "."].map((chunk) => turn.push(chunk))).toEqual([
      "Four",
      " of",
      " them",
      ".",
    ]);
  });
});
