/** Questions that are edited or deleted. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { directMessage, eventBody, message } from "../support/slack-server/slack-events.ts";
import { TestSlack } from "../support/slack-server/test-slack.ts";

describe("a message that changes", () => {
  const edit = (asked: ReturnType<typeof message>, text: string, more = {}) => ({
    ...{
      type: "message",
      subtype: "message_changed",
      channel: asked.channel,
      channel_type: "channel",
      ts: "9.9",
    },
    message: { ...asked, type: "message", text, edited: { user: "U1", ts: "9.8" }, ...more },
    previous_message: asked,
  });

  const deletion = (asked: ReturnType<typeof message>) => ({
    ...{ type: "message", subtype: "message_deleted", channel: asked.channel, channel_type: "im", ts: "9.9" },
    deleted_ts: asked.ts,
  });

  it("is answered as it now reads, if it was a question", async () => {
    const test = await TestSlack.socket();
    const asked = directMessage("qestion");
    await test.hear(asked);
    await test.finished("D1", asked.ts);
    await test.hear(edit(asked, asked.text as string, { attachments: [{}] }));
    await test.hear(edit(message("chatter"), "more chatter"));
    await test.hear(edit(asked, "question"));
    await test.hear(edit(asked, "question"));
    await test.finished("D1", asked.ts, 2);
    expect(test.assistant.asked.map(({ question }) => question)).toEqual(["qestion", "question"]);
  });

  it.each([
    [
      "deleted",
      (asked: ReturnType<typeof message>) => ({ subtype: "message_deleted", deleted_ts: asked.ts }),
    ],
    [
      "deleted with replies below it",
      (asked: ReturnType<typeof message>) => ({
        subtype: "message_changed",
        message: { ...asked, subtype: "tombstone" },
      }),
    ],
  ])("stops its answer when it is %s", async (_, change) => {
    const test = await TestSlack.socket();
    test.holdAnswers();
    const asked = directMessage("question");
    await test.hear(asked);
    await eventually(() => test.texts("D1", asked.ts)).toEqual(["Graph "]);
    await test.hear({ type: "message", channel: "D1", channel_type: "im", ts: "9.9", ...change(asked) });
    await eventually(() => test.texts("D1", asked.ts)).toEqual([
      "Graph \n\n_Stopped: the question was deleted._",
    ]);
  });

  it.each([
    ["deleted", ["last"], (asked: ReturnType<typeof message>) => deletion(asked)],
    ["edited", ["changed", "last"], (asked: ReturnType<typeof message>) => edit(asked, "changed")],
  ])("is not answered as it was when it is %s while Slack is away", async (_, answered, change) => {
    const test = await TestSlack.http();
    await eventually(() => test.state).toBe("ok");
    test.slack.outage = { status: 503 };
    const asked = directMessage("question");
    await test.post(eventBody(asked));
    await eventually(() => test.slack.callsOf("chat.postMessage").length).toBeGreaterThan(1);
    await test.post(eventBody(change(asked)));
    // Slack's event is acknowledged before it is heard.
    await eventually(() => test.kept()).toEqual(answered.slice(0, -1));
    test.slack.outage = undefined;
    const last = directMessage("last");
    await test.post(eventBody(last));
    await test.finished("D1", last.ts);
    await sleep(150); // Longer than the bot waits to try again.
    await eventually(() => test.texts("D1", asked.ts)).toHaveLength(answered.length - 1);
    expect(test.assistant.asked.map(({ question }) => question)).toEqual(["question", ...answered]);
  });

  it("says why it stops when it is edited in mid-answer", async () => {
    const test = await TestSlack.socket();
    const gate = test.holdAnswers();
    const asked = directMessage("question");
    await test.hear(asked);
    await eventually(() => test.texts("D1", asked.ts)).toEqual(["Graph "]);
    await test.hear(edit(asked, "changed"));
    await eventually(() => test.texts("D1", asked.ts)[0]).toBe(
      "Graph \n\n_Stopped: the question was edited._",
    );
    gate.open();
    await test.finished("D1", asked.ts);
  });
});
