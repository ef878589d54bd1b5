import { describe, expect, it } from "vitest";
import { QuestionCondenser } from "../../../../src/answer/written/short-requests.ts";
import { Prompts } from "../../../../src/model/prompts.ts";
import { ScriptedChatModel, text } from "../../../support/scripted-chat-model.ts";

describe("QuestionCondenser", () => {
  it.each([
    ['"How fast is HeadCut?"', "How fast is HeadCut?"],
    ["“How fast is HeadCut?”", "How fast is HeadCut?"],
    ['How fast is "HeadCut"?', 'How fast is "HeadCut"?'],
    ['"HeadCut": how fast is "HeadCut"', '"HeadCut": how fast is "HeadCut"'],
  ])("takes %j for %j", async (said, question) => {
    const condenser = new QuestionCondenser(new ScriptedChatModel([text(said)]), await Prompts.load(), 1000);
    const history = [{ question: "What is HeadCut?", papers: [] }];
    expect(await condenser.condense("How fast is it?", history)).toBe(question);
  });
});
