import { describe, expect, it } from "vitest";
import { smallTalkReply } from "../../../src/answer/extractive/extractive-answerer.ts";
import { smallTalk } from "../../../src/question/reading/message.ts";

describe("smallTalk", () => {
  it.each([
    ["hello", "greeting"],
    ["Hi there!", "greeting"],
    ["good morning", "greeting"],
    ["thanks!", "thanks"],
    ["ok, thank you very much", "thanks"],
    ["thanks, that was great!", "thanks"],
    ["Thanks - that’s helpful", "thanks"],
    ["thank you, this helps a lot!", "thanks"],
    ["Thanks for the summary of ALiBi.", "thanks"],
    ["that was great", "thanks"],
    ["how are you today?", "chatter"],
    ["what's your name?", "chatter"],
    ["what’s your name?", "chatter"],
    ["lol ok", "chatter"],
    ["????", "noise"],
    ["12345 !!", "noise"],
    ["🙂", "noise"],
  ])("%s is %s", (text, kind) => expect(smallTalk(text)).toBe(kind));

  it.each([
    "hello, which papers study attention?",
    "attention",
    "What is a transformer?",
    "Thanks. And what did it cost?",
    "how good is BERT?",
    "Thanks, that was good. Now summarise ALiBi",
    "Thanks, is that method useful?",
    "That is slow",
  ])("%s asks something", (text) => expect(smallTalk(text)).toBeUndefined());

  it("says what can be asked, and of how many papers", () => {
    for (const kind of ["greeting", "thanks", "chatter", "noise"] as const) {
      expect(smallTalkReply(kind, 236)).toMatch(/236 papers.*summary/);
    }
  });
});
