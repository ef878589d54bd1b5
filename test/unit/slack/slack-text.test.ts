import { expect, it } from "vitest";
import { questionText } from "../../../src/slack/messages/slack-text.ts";

it.each([
  ["<@UBOT> What is  this?", "What is this?"],
  ["Ask <@UBOT>, <@U2|bob> and <@U3>", "Ask , @bob and @U3"],
  ["See <https://a.example/x|this page> and <https://b.example>", "See this page and https://b.example"],
  ["In <#C1|general>, is a &lt; b &amp;&amp; c &gt; d?", "In #general, is a < b && c > d?"],
  ["<!here> &amp;lt;", "@here &lt;"],
  ["  ", ""],
])("%s", (given, expected) => {
  expect(questionText(given, "UBOT")).toBe(expected);
});
