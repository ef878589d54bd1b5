import { expect, it } from "vitest";
import { conversationTitle } from "../../../../src/answer/written/short-requests.ts";
import { Prompts } from "../../../../src/model/prompts.ts";
import { ScriptedChatModel, text } from "../../../support/scripted-chat-model.ts";

it.each([
  ["<b>Pruning at scale</b> [1]", "Pruning at scale"],
  ['Title: "Pruning at scale."', "Pruning at scale"],
  ["Accuracy < 0.3 at scale", "Accuracy < 0.3 at scale"],
  ["<b></b> [1]", undefined],
])("makes of the title %j %j", async (said, title) => {
  const about = { question: "How far can one prune?", answer: "Far [1]." };
  const model = new ScriptedChatModel([text(said)]);
  expect(await conversationTitle(model, await Prompts.load(), about)).toBe(title);
});
