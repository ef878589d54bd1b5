/** Questions that are edited or deleted. */
import { describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { Gate } from "../support/gate.ts";
import { directMessage, message } from "../support/slack-server/slack-events.ts";
import { TestSlack } from "../support/slack-server/test-slack.ts";

const texts = (test: TestSlack, channel: string, ts: string) =>
  test.slack.messages.thread(channel, ts).map(({ text }) => text);

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
    const gate = new Gate();
    test.assistant.pace = (next, { signal }) => (next > 5 ? gate.pass(signal) : Promise.resolve());
    const asked = directMessage("question");
    await test.hear(asked);
    await eventually(() => texts(test, "D1", asked.ts)).toEqual(["Graph "]);
    await test.hear({ type: "message", channel: "D1", channel_type: "im", ts: "9.9", ...change(asked) });
    await eventually(() => texts(test, "D1", asked.ts)).toEqual([
      "Graph \n\n_Stopped: the question was deleted._",
    ]);
  });
});
