/** Where the bot listens, and how it answers there. */
import { describe, expect, it } from "vitest";
import type { Answer } from "../../src/protocol.ts";
import { eventually } from "../support/eventually.ts";
import { answerTo, openAssistant, testConfig } from "../support/open-assistant.ts";
import { samplePaper } from "../support/sample-answer.ts";
import {
  command,
  directMessage,
  mention,
  message,
  press,
  shortcut,
} from "../support/slack-server/slack-events.ts";
import type { SlackMessage } from "../support/slack-server/slack-messages.ts";
import { TestSlack } from "../support/slack-server/test-slack.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writePapers } from "../support/write-papers.ts";

const TEXT = "Graph walks rank pages. [1]";
const OWNER = "slack:T1:C1";
const questions = ({ assistant }: TestSlack) => assistant.asked.map(({ question }) => question);

describe("it answers", () => {
  it("a direct message in its thread: status, stream, references, buttons", async () => {
    const test = await TestSlack.socket({ publicUrl: "https://example.org/papers" });
    const asked = directMessage("What &lt;b&gt; ranks <https://a.example|pages>?");
    await test.hear(asked);
    const [answer, ...more] = await test.finished("D1", asked.ts);
    expect(more).toEqual([]);
    expect(questions(test)).toEqual(["What <b> ranks pages?"]);
    expect(answer?.text).toBe(TEXT);
    expect(answer?.writes[0]?.method).toBe("chat.startStream");
    expect(test.slack.statuses).toMatchObject([{ channel_id: "D1", thread_ts: asked.ts }]);
    const { messageId } = test.assistant.asked[0]!;
    const { conversationId } = (await test.assistant.conversations.message("slack:T1:D1", messageId)).answer!;
    const shown = JSON.stringify(answer?.blocks);
    expect(shown).toContain("[1] On graph walks");
    expect(shown).toContain(`"https://example.org/papers/c/${conversationId}#${messageId}"`);
    expect(shown).toMatch(/Show quotes.*Copy BibTeX.*Open in Footnote/);
  });

  it("a mention, then the thread without one, as one conversation of the channel", async () => {
    const test = await TestSlack.socket();
    const asked = mention("What ranks pages?");
    await test.hear(asked);
    await test.finished("C1", asked.ts);
    await test.hear(message("And how fast?", { thread_ts: asked.ts }));
    await test.finished("C1", asked.ts, 2);
    expect(questions(test)).toEqual(["What ranks pages?", "And how fast?"]);
    const { conversations } = await test.assistant.conversations.list(OWNER, { limit: 10 });
    expect(conversations).toHaveLength(1);
    expect(test.assistant.asked[1]).toMatchObject({ owner: OWNER, conversationId: conversations[0]?.id });
    const [, start] = test.slack.callsOf("chat.startStream");
    expect(start?.given).toMatchObject({ recipient_user_id: "U1", recipient_team_id: "T1" });
  });

  it("questions of a thread one after the other, also those asked before the first answer", async () => {
    const test = await TestSlack.socket();
    const asked = mention("first");
    const second = message("second", { thread_ts: asked.ts });
    await Promise.all([test.hear(asked), test.hear(second)]);
    await test.finished("C1", asked.ts, 2);
    expect(questions(test)).toEqual(["first", "second"]);
    expect((await test.assistant.conversations.list(OWNER, { limit: 10 })).total).toBe(1);
  });

  it("a command, below a message of its own", async () => {
    const test = await TestSlack.socket();
    await test.slack.send("slash_commands", command("What ranks <!here>?", `${test.slack.url}/respond/1`));
    await eventually(() => test.slack.messages.all.length).toBeGreaterThan(0);
    const [parent] = test.slack.messages.all;
    const [answer] = await test.finished("C1", parent!.ts);
    expect(JSON.stringify(parent?.blocks)).toContain("<@U1> asks: What ranks @\u2060here?");
    expect(answer?.text).toBe(TEXT);
    expect(test.slack.responses).toEqual([]);
  });

  it("a command that does not fit, below its beginning", async () => {
    const test = await TestSlack.socket();
    const question = `${"&".repeat(1500)} ranks pages?`;
    await test.slack.send("slash_commands", command(question, `${test.slack.url}/respond/1`));
    await eventually(() => test.slack.messages.all.length).toBeGreaterThan(0);
    const [parent] = test.slack.messages.all;
    expect(JSON.stringify(parent?.blocks)).toMatch(/asks: (?:&amp;)+…"/);
    expect(parent?.notice).toMatch(/asks: (?:&amp;)+…$/);
    await test.finished("C1", parent!.ts);
    expect(questions(test)).toEqual([question]);
  });

  it("a message's shortcut, in the thread of that message", async () => {
    const test = await TestSlack.socket();
    const about = { text: "Somebody should look into page ranks", ts: "1.000001" };
    await test.slack.send("interactive", shortcut(about, `${test.slack.url}/respond/1`));
    const [answer] = await test.finished("C1", about.ts);
    expect(answer?.text).toBe(TEXT);
    const long = { text: "page rank ".repeat(500), ts: "1.000002" };
    await test.slack.send("interactive", shortcut(long, `${test.slack.url}/respond/1`));
    await test.finished("C1", long.ts);
    expect(questions(test)).toEqual([about.text, `${long.text.slice(0, 3999)}…`]);
    await test.slack.send("interactive", shortcut({ ...about, text: "" }, `${test.slack.url}/respond/2`));
    await eventually(() => test.slack.responses[0]?.body.text).toBe(
      "This message has no text to find papers about.",
    );
  });

  it("over HTTP too, each request acknowledged with 200", async () => {
    const test = await TestSlack.http();
    const asked = mention("What ranks pages?");
    const body = { type: "event_callback", event_id: "Ev", team_id: "T1", event: asked } as const;
    expect((await test.post(body)).status).toBe(200);
    await test.finished("C1", asked.ts);
    expect((await test.post(command("Why?", `${test.slack.url}/respond/1`))).status).toBe(200);
    await eventually(() => test.assistant.asked.length).toBe(2);
    const challenge = await test.post({ type: "url_verification", challenge: "abc" });
    expect(await challenge.json()).toEqual({ challenge: "abc" });
  });

  it("what the papers do not answer with one short message", async () => {
    const test = await TestSlack.socket();
    const text = "I found no abstract that says this.";
    test.assistant.write = (answer) => ({
      ...answer,
      text,
      citations: [],
      abstained: true,
      confidence: "none",
      shape: "none",
      nearest: answer.sources,
    });
    const asked = directMessage("Who won?");
    await test.hear(asked);
    const answers = await test.finished("D1", asked.ts);
    expect(answers.map((answer) => answer.text)).toEqual([text]);
    expect(answers[0]?.blocks.map(({ type }) => type)).toEqual(["section", "context", "context_actions"]);
    expect(JSON.stringify(answers[0]?.blocks[0])).toContain("*Nearest:*\\n• On graph walks");
  });

  it("with the real assistant, kept as the web's conversations are", async () => {
    const folder = temporaryFolder();
    const abstract = "Graph walks rank pages by their links. They converge fast on sparse graphs.";
    writePapers(`${folder}/seeds/papers.jsonl`, [
      { title: "On graph walks", abstract, url: "https://a.example/?a=1&b=2" },
    ]);
    const assistant = openAssistant(testConfig(folder));
    await assistant.start();
    const test = await TestSlack.socket({ assistant, folder });
    const asked = mention("How do graph walks rank pages?");
    await test.hear(asked);
    const [answer] = await test.finished("C1", asked.ts);
    const same = await answerTo(assistant, "How do graph walks rank pages?");
    expect(answer?.text).toBe(same.text);
    expect(JSON.stringify(answer?.blocks)).toContain("<https://a.example/?a=1&amp;b=2|On graph walks>");
    expect((await assistant.conversations.list(OWNER, { limit: 10 })).total).toBe(1);
    await test.slack.send("interactive", pressed(answer!, "copy_bibtex"));
    await eventually(() => [...test.slack.files.values()][0]).toMatchObject({
      name: "references.bib",
      content: expect.stringContaining("title = {"),
      sharedIn: `C1:${asked.ts}`,
    });
  });
});

/** The button of an answer, pressed. */
function pressed({ channel, ts, threadTs = "", blocks }: SlackMessage, action_id: string, rating = "up") {
  const found = JSON.stringify(blocks).match(new RegExp(`"${rating}:([^"]+)"`));
  const [, messageId = ""] = found ?? [];
  const isFeedback = action_id === "feedback";
  const value = isFeedback ? `${rating}:${messageId}` : messageId;
  const type = isFeedback ? "feedback_buttons" : "button";
  return press({ action_id, value, channel, ts, threadTs, type });
}

describe("the buttons below an answer", () => {
  async function answered(write: (answer: Answer) => Answer = (answer) => answer) {
    const test = await TestSlack.socket();
    test.assistant.write = write;
    const asked = mention("What ranks pages?");
    await test.hear(asked);
    const [answer] = await test.finished("C1", asked.ts);
    return { test, answer: answer! };
  }

  it("store a rating as the web does", async () => {
    const { test, answer } = await answered();
    const { messageId } = test.assistant.asked[0]!;
    for (const rating of ["up", "down"] as const) {
      await test.slack.send("interactive", pressed(answer, "feedback", rating));
      await eventually(
        async () => (await test.assistant.conversations.message(OWNER, messageId)).feedback,
      ).toEqual({
        rating,
      });
    }
  });

  it("show quotes to who pressed it alone, and of other channels nothing", async () => {
    const { test, answer } = await answered();
    await test.slack.send("interactive", pressed(answer, "show_quotes"));
    await eventually(() => test.slack.messages.whispers("U1").map(({ text }) => text)).toEqual([
      "[1] “Graph walks rank pages.” — *On graph walks*",
    ]);
    test.slack.messages.noteReply("C2", answer.threadTs!);
    await test.slack.send("interactive", pressed({ ...answer, channel: "C2" }, "show_quotes"));
    await eventually(() => test.slack.messages.whispers("U1").map(({ text }) => text)).toContain(
      "This answer is not kept any more.",
    );
  });

  it("copy the references once, however often Slack reports the press", async () => {
    const { test, answer } = await answered();
    const body = pressed(answer, "copy_bibtex");
    await test.slack.send("interactive", body);
    await test.slack.send("interactive", body, 1);
    await eventually(() => test.slack.files.get("F1")?.sharedIn).toBe(`C1:${answer.threadTs}`);
    expect(test.slack.files.get("F1")?.content).toBe(`bibtex: ${samplePaper.title}\n`);
    expect(test.slack.callsOf("files.getUploadURLExternal")).toHaveLength(1);
  });
});

it("tells who presses a button that what it does has failed", async () => {
  const test = await TestSlack.socket();
  const asked = mention("What ranks pages?");
  await test.hear(asked);
  const [answer] = await test.finished("C1", asked.ts);
  test.slack.fail("files.getUploadURLExternal", { error: "missing_scope" });
  await test.slack.send("interactive", pressed(answer!, "copy_bibtex"));
  await eventually(() => test.slack.messages.whispers("U1").map(({ text }) => text)).toEqual([
    "That did not work. Please try again later.",
  ]);
});

describe("it does not answer", () => {
  it.each([
    ["itself", { user: "UBOT", bot_id: "BBOT" }],
    ["other bots", { bot_id: "BOTHER" }],
    ["what Slack writes", { subtype: "channel_join" }],
    ["bots without a person", { user: undefined, subtype: "bot_message" }],
  ])("%s", async (_, more) => {
    const test = await TestSlack.socket();
    await test.hear(directMessage("noise", more));
    const asked = directMessage("question");
    await test.hear(asked);
    await test.finished("D1", asked.ts);
    expect(questions(test)).toEqual(["question"]);
  });

  it("threads in which it is not, nor words to somebody else in its own", async () => {
    const test = await TestSlack.socket();
    const asked = mention("question");
    await test.hear(asked);
    await test.finished("C1", asked.ts);
    await test.hear(message("alone"));
    await test.hear(message("elsewhere", { thread_ts: "1.000001" }));
    for (const text of [
      "<@U2> and you?",
      "Thanks <@U2>, lunch?",
      "hey <!here> look",
      "<!subteam^S1|@team>?",
    ]) {
      await test.hear(message(text, { thread_ts: asked.ts }));
    }
    await test.hear(message("<@UBOT> to you, <@U2|ann>, <!subteam^S1|@team>", { thread_ts: asked.ts }));
    await test.finished("C1", asked.ts, 2);
    expect(questions(test)).toEqual(["question", "to you, @ann, @team"]);
  });
});

it("offers questions to who opens its messages", async () => {
  const test = await TestSlack.socket();
  await test.hear({ type: "app_home_opened", user: "U1", channel: "D1", tab: "home" });
  await test.hear({ type: "app_home_opened", user: "U1", channel: "D1", tab: "messages" });
  await eventually(() => test.slack.prompts).toHaveLength(1);
  expect(test.slack.prompts[0]?.prompts).toContain("What ranks pages?");
});

it("says how to ask to who asks nothing", async () => {
  const test = await TestSlack.socket();
  await test.hear(mention(""));
  await eventually(() => test.slack.messages.whispers("U1").map(({ text }) => text)).toEqual([
    "Ask me something about the papers, such as: What ranks pages?",
  ]);
  await test.slack.send("slash_commands", command(" ", `${test.slack.url}/respond/7`));
  await eventually(() => test.slack.responses[0]).toMatchObject({
    id: "7",
    body: { response_type: "ephemeral" },
  });
  expect(test.assistant.asked).toEqual([]);
});
