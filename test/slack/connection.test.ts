/** Connections of Socket Mode that Slack does not keep. */
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { directMessage } from "../support/slack-server/slack-events.ts";
import { TestSlack } from "../support/slack-server/test-slack.ts";

it("are asked for ever less often while Slack ends each at once", async () => {
  const test = await TestSlack.prepare();
  test.slack.greeting = "refusal";
  await test.startSocket();
  await sleep(500);
  // After 20, 40, 80 and each further 100 ms.
  expect(test.slack.callsOf("apps.connections.open").length).toBeLessThan(9);
});

it("are given up when no greeting comes", async () => {
  const test = await TestSlack.prepare({ limits: { call: 100 } });
  test.slack.greeting = "silence";
  const started = test.startSocket();
  await eventually(() => test.slack.callsOf("apps.connections.open").length).toBeGreaterThan(1);
  test.slack.greeting = "hello";
  await started;
  const asked = directMessage("question");
  await test.hear(asked);
  await test.finished("D1", asked.ts);
});
