/** Answers that do not fit: into one message, into the time of a stream, into Slack's Markdown, into what was streamed. */
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Answer } from "../../src/protocol.ts";
import { SlackMarkdown, slackMarkdown } from "../../src/slack/messages/slack-markdown.ts";
import { eventually } from "../support/eventually.ts";
import { longText } from "../support/slack-server/long-text.ts";
import { directMessage, mention } from "../support/slack-server/slack-events.ts";
import { TestSlack } from "../support/slack-server/test-slack.ts";

const writes = (text: string) => (answer: Answer) => ({ ...answer, text });

async function answered(test: TestSlack) {
  const asked = mention("question");
  await test.hear(asked);
  return test.finished("C1", asked.ts);
}

it("goes on in a new message before Slack refuses more, without a character lost or doubled", async () => {
  const test = await TestSlack.socket();
  for (const seed of [1, 2, 3]) {
    const text = longText(seed, 28_000);
    test.assistant.write = writes(text);
    const messages = await answered(test);
    expect(messages.map((message) => message.text).join("")).toBe(slackMarkdown(text));
    expect(messages.length).toBeGreaterThan(2);
    expect(test.slack.calls.filter(({ outcome }) => outcome !== "ok")).toEqual([]);
    expect(messages.slice(0, -1).flatMap(({ blocks }) => blocks)).toEqual([]);
  }
});

it("goes on in a new message before Slack closes the stream", async () => {
  const test = await TestSlack.socket({ limits: { stream: 30 } });
  const gate = test.holdAnswers();
  const asked = mention("question");
  await test.hear(asked);
  const written = ["Graph ", "walks ", "rank "];
  for (let count = 1; count <= written.length; count++) {
    const texts = () => test.texts("C1", asked.ts);
    await eventually(texts).toEqual(written.slice(0, count));
    await sleep(40);
    if (count < written.length) gate.step();
  }
  gate.open();
  const messages = await test.finished("C1", asked.ts);
  expect(messages.map(({ text }) => text).join("")).toBe("Graph walks rank pages. [1]");
  expect(messages.map(({ streamingSince }) => streamingSince)).toEqual(messages.map(() => undefined));
  expect(test.slack.calls.filter(({ outcome }) => outcome !== "ok")).toEqual([]);
});

it.each([
  ["closed it", { error: "message_not_in_streaming_state" }],
  ["finds it too long", { error: "msg_too_long" }],
])("loses nothing when Slack %s all the same", async (_, fault) => {
  const test = await TestSlack.socket();
  const text = longText(4, 4000);
  test.assistant.write = writes(text);
  test.assistant.pace = () => new Promise((resolve) => setTimeout(resolve, 2));
  test.slack.fail("chat.appendStream", fault, {}, fault);
  test.slack.fail("chat.stopStream", fault);
  const messages = await answered(test);
  expect(messages.map((message) => message.text).join("")).toBe(slackMarkdown(text));
});

it("continues messages that are updated, where there are no streams", async () => {
  const test = await TestSlack.socket();
  test.slack.unknown.add("chat.startStream");
  const text = longText(5, 20_000);
  test.assistant.write = writes(text);
  const messages = await answered(test);
  expect(messages.map((message) => message.text).join("")).toBe(slackMarkdown(text));
  expect(messages.length).toBeGreaterThan(1);
});

it("shows the final text where checking has changed what was streamed", async () => {
  const test = await TestSlack.socket();
  const long = longText(6, 20_000);
  test.assistant.write = writes(long);
  for (const final of ["Short after all. [1]", `Longer. ${longText(7, 30_000)}`]) {
    test.assistant.revise = writes(final);
    const messages = await answered(test);
    expect(messages.map((message) => message.text).join("")).toBe(slackMarkdown(final));
  }
});

it("pings nobody, and makes a list of a table", async () => {
  const test = await TestSlack.socket();
  const text =
    "Ask <!here>, <@U2> & @channel.\n\n| model | score |\n| --- | ---: |\n| A | 1 < 2 |\n| B | |\n\nEnd [1]";
  test.assistant.write = (answer) => ({
    ...answer,
    text,
    citations: answer.citations.map((citation) => ({ ...citation, title: "<!everyone> | @here" })),
  });
  test.assistant.pace = () => new Promise((resolve) => setTimeout(resolve, 2));
  const asked = directMessage("question");
  await test.hear(asked);
  const [message] = await test.finished("D1", asked.ts);
  expect(message?.text).toBe(
    "Ask &lt;!here&gt;, &lt;@U2&gt; &amp; @\u2060channel.\n\n- model: A; score: 1 &lt; 2\n- model: B\n\nEnd [1]",
  );
  expect(JSON.stringify(message?.blocks)).toContain("[1] &lt;!everyone&gt; | @\u2060here");
});

it("leaves code as it is, and whole in each message of those that it goes through", async () => {
  const code = Array.from({ length: 500 }, (_, at) => `| row ${at} | a\\|b <c> and. so on |\n`).join("");
  const text = `See \`a\\|b\`, \`x \\< y\` and 1 \\< 2:\n\n\`\`\`python\n${code}\`\`\`\n\nThat is all.`;
  const stream = new SlackMarkdown();
  expect([...text].map((character) => stream.push(character)).join("") + stream.end()).toBe(
    slackMarkdown(text),
  );
  expect(slackMarkdown(text)).toBe(
    text.replace("1 \\<", "1 <").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  );
  const test = await TestSlack.socket();
  test.assistant.write = writes(text);
  for (const streams of [true, false]) {
    if (!streams) test.slack.fail("chat.stopStream", { status: 500 });
    const messages = (await answered(test)).map((message) => message.text);
    expect(messages.length).toBeGreaterThan(2);
    for (const message of messages) expect(message.match(/^```(?:python)?$/gm)).toEqual(["```python", "```"]);
    const joined = messages
      .join("")
      .replaceAll("```python\n", "")
      .replaceAll(/\n?```/g, "");
    expect(joined.replaceAll("\n", "")).toBe(
      slackMarkdown(text).replace("```python", "").replace("```", "").replaceAll("\n", ""),
    );
    const lines = messages.flatMap((message) => message.split("\n")).filter((line) => line.startsWith("|"));
    expect(lines).toHaveLength(500);
  }
});

it("makes a list of a table in a quote, and leaves the rest of the quote", () => {
  const quoted = "> So:\n> | a | b |\n> |---|---|\n> | 1 | 2 |\n>\n> | no table\n";
  const stream = new SlackMarkdown();
  const streamed = [...quoted].map((character) => stream.push(character)).join("") + stream.end();
  expect(streamed).toBe("> So:\n> - a: 1; b: 2\n>\n> | no table\n".replaceAll(">", "&gt;"));
  expect(slackMarkdown(quoted)).toBe(streamed);
});
