/** Who may ask how much, and where. */
import { expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { command, directMessage, mention, message } from "../support/slack-server/slack-events.ts";
import { TestSlack } from "../support/slack-server/test-slack.ts";

const told = (test: TestSlack, user = "U1") => test.slack.messages.whispers(user).map(({ text }) => text);

it("counts questions by person, and says when the next may come", async () => {
  const test = await TestSlack.socket({ config: { maxPerMinute: 2 } });
  for (const text of ["one", "two", "three"]) await test.hear(directMessage(text));
  await test.hear(directMessage("mine", { user: "U2", channel: "D2" }));
  await eventually(() => test.assistant.asked.map(({ question }) => question).sort()).toEqual([
    "mine",
    "one",
    "two",
  ]);
  await eventually(() => told(test)).toEqual([
    expect.stringMatching(/^2 questions in a minute are the limit: ask again in \d+ seconds\.$/),
  ]);
  await test.slack.send("slash_commands", command("four", `${test.slack.url}/respond/1`));
  await eventually(() => test.slack.responses[0]?.body.text).toMatch(/^2 questions in a minute/);
});

it("counts those of the whole workspace, ten times as many", async () => {
  const test = await TestSlack.socket({ config: { maxPerMinute: 1 } });
  for (let at = 0; at < 12; at++) await test.hear(directMessage("q", { user: `U${at}`, channel: `D${at}` }));
  await eventually(() => test.assistant.asked).toHaveLength(10);
  for (const user of ["U10", "U11"]) {
    await eventually(() => told(test, user)).toEqual([expect.stringMatching(/^10 questions in a minute/)]);
  }
});

it("answers in SLACK_ALLOWED_CHANNELS and in direct messages alone", async () => {
  const test = await TestSlack.socket({ config: { allowedChannels: ["C1"] } });
  await test.hear(mention("elsewhere", { channel: "C2" }));
  await test.slack.send(
    "slash_commands",
    command("elsewhere", `${test.slack.url}/respond/1`, { channel_id: "C2" }),
  );
  await test.hear(mention("", { channel: "C2" }));
  await test.hear(mention("here"));
  await test.hear(directMessage("between us"));
  await eventually(() => test.assistant.asked.map(({ question }) => question)).toEqual([
    "here",
    "between us",
  ]);
  const words = "I answer in <#C1> and in direct messages.";
  await eventually(() => told(test)).toEqual([words, words]);
  await eventually(() => test.slack.responses[0]?.body.text).toBe(words);
});

it("refuses questions that are longer than any, and tells how long they may be", async () => {
  const test = await TestSlack.socket();
  await test.hear(directMessage("x".repeat(4001)));
  await eventually(() => told(test)).toEqual(["This is 4,001 characters long: a question may have 4,000."]);
  expect(test.assistant.asked).toEqual([]);
});

it("makes so many answers at a time, and all of them", async () => {
  const test = await TestSlack.socket({ atOnce: 3 });
  let running = 0;
  let most = 0;
  test.assistant.pace = async (next) => {
    if (next === 1) running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (next === 9) running -= 1;
  };
  const asked = Array.from({ length: 10 }, (_, at) => message(`<@UBOT> ${at}`, { type: "app_mention" }));
  await Promise.all(asked.map((one) => test.hear(one)));
  for (const { ts } of asked) await test.finished("C1", ts);
  expect(most).toBe(3);
});

it("tells in the thread who asks in one, and below the channel's last message who opens none", async () => {
  const test = await TestSlack.socket();
  await test.hear(directMessage("x".repeat(4001)));
  await test.hear(directMessage("y".repeat(4001), { thread_ts: "1.000001" }));
  await eventually(() => test.slack.messages.whispers("U1").map(({ threadTs }) => threadTs)).toEqual([
    undefined,
    "1.000001",
  ]);
});
