/** Tokens that Slack refuses. */
import { describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { eventBody, mention, message } from "../support/slack-server/slack-events.ts";
import { BOT_TOKEN } from "../support/slack-server/slack-server.ts";
import { TestSlack } from "../support/slack-server/test-slack.ts";

const ONCE = ["Graph walks rank pages. [1]"];

describe("a token that Slack refuses", () => {
  it("in mid-operation is told in one line and in the state, and the answer comes with the next token", async () => {
    const test = await TestSlack.http();
    await eventually(() => test.state).toBe("ok");
    test.slack.tokens.bot = "xoxb-new";
    const asked = [mention("one"), mention("two")];
    for (const one of asked) await test.post(eventBody(one));
    await eventually(() => test.state).toBe("token_revoked");
    await eventually(() => test.assistant.asked).toHaveLength(2);
    expect(test.told.filter((line) => line.includes("token"))).toEqual([
      "Slack refuses SLACK_BOT_TOKEN (token_revoked): reinstall the app in its settings, set the new token and start again",
    ]);
    await test.stop();
    test.slack.tokens.bot = "xoxb-test-bot";
    await test.startHttp();
    for (const { ts } of asked) {
      await test.finished("C1", ts);
      expect(test.texts("C1", ts)).toEqual(ONCE);
    }
  });

  it("at the start over HTTP is asked about again, until it is taken and the bot knows itself", async () => {
    const test = await TestSlack.prepare();
    test.slack.tokens.bot = "another";
    await test.startHttp();
    const asked = mention("question");
    await test.post(eventBody(asked));
    await eventually(() => test.slack.callsOf("auth.test").length).toBeGreaterThan(2);
    test.slack.tokens.bot = BOT_TOKEN;
    await test.finished("C1", asked.ts);
    await eventually(() => test.slack.callsOf("auth.test").at(-1)?.outcome).toBe("ok");
    await test.post(eventBody(message("<@UBOT> again", { thread_ts: asked.ts })));
    await test.finished("C1", asked.ts, 2);
  });

  it.each([
    ["SLACK_BOT_TOKEN", "bot", "token_revoked", "renew"],
    ["SLACK_APP_TOKEN", "app", "invalid_auth", "drop"],
  ] as const)("%s is told once, whatever becomes of the other", async (variable, kind, code, how) => {
    const test = await TestSlack.socket();
    const gate = test.holdAnswers();
    await test.hear(mention("question"));
    await eventually(() => test.slack.callsOf("chat.startStream")).toHaveLength(1);
    test.slack.tokens[kind] = "another";
    const opened = () => {
      // Each time it looks: a connection that is only being made does not hear of its end.
      test.slack.disconnect(how);
      return test.slack.callsOf("apps.connections.open").length;
    };
    for (const times of [2, 3, 4, 5]) {
      gate.step();
      await eventually(opened).toBeGreaterThanOrEqual(times);
    }
    await eventually(() => test.state).toBe(code);
    expect(test.told).toEqual([
      "Slack answers",
      expect.stringContaining(`Slack refuses ${variable} (${code})`),
    ]);
  });

  it.each([
    ["SLACK_BOT_TOKEN", "bot", "token_revoked"],
    ["SLACK_APP_TOKEN", "app", "invalid_auth"],
  ] as const)("%s at the start ends it with one line", async (variable, kind, code) => {
    const test = await TestSlack.prepare();
    test.slack.tokens[kind] = "another";
    await expect(test.startSocket()).rejects.toThrow(
      `Slack refuses ${variable} (${code}): copy it from the app's settings again`,
    );
  });
});
