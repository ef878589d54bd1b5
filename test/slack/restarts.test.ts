/** What is not answered when the process starts or ends is answered by the next that can. */
import { describe, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import { eventually } from "../support/eventually.ts";
import { Gate } from "../support/gate.ts";
import { eventBody, mention } from "../support/slack-server/slack-events.ts";
import { TestSlack } from "../support/slack-server/test-slack.ts";

const ONCE = ["Graph walks rank pages. [1]"];

describe("the process ends in mid-answer", () => {
  it("and the next one answers in its place", async () => {
    const test = await TestSlack.socket();
    const gate = test.holdAnswers();
    const asked = mention("question");
    await test.hear(asked);
    await eventually(() => test.texts("C1", asked.ts)).toEqual(["Graph "]);
    await test.stop(0);
    gate.open();
    await test.startSocket();
    await test.finished("C1", asked.ts);
    expect(test.texts("C1", asked.ts)).toEqual(ONCE);
    expect(test.assistant.asked).toHaveLength(2);
    expect((await test.assistant.conversations.list("slack:T1:C1", { limit: 5 })).total).toBe(1);
  });

  it("but not for ever: a question that ends it each time is given up", async () => {
    const test = await TestSlack.socket();
    test.assistant.pace = (_, { signal }) => new Gate().pass(signal);
    const asked = mention("question");
    await test.hear(asked);
    for (let times = 1; times <= 3; times++) {
      await eventually(() => test.assistant.asked).toHaveLength(times);
      await test.stop(0);
      await test.startSocket();
    }
    await eventually(() => test.texts("C1", asked.ts)).toEqual([
      "This question could not be answered, even in several tries.",
    ]);
    expect(test.assistant.asked).toHaveLength(3);
  });
});

it("waits for the index, over HTTP too, and then answers what was asked before it", async () => {
  const test = await TestSlack.prepare();
  const ready = test.assistant.state;
  test.assistant.state = { status: "indexing", done: 0, total: 1 };
  test.assistant.refusal = new AppError("indexing", "The papers are still being indexed.");
  await test.startHttp();
  const asked = mention("question");
  await test.post(eventBody(asked));
  await eventually(() => test.slack.statuses).toHaveLength(1);
  await test.stop(0);
  await test.startHttp();
  await eventually(() => test.slack.statuses).toHaveLength(2);
  test.assistant.refusal = undefined;
  test.assistant.state = ready;
  await test.finished("C1", asked.ts);
  expect(test.texts("C1", asked.ts)).toEqual(ONCE);
  expect(test.assistant.asked).toHaveLength(1);
});

it("tells why there is no answer when Slack is back, and asks no second time", async () => {
  const test = await TestSlack.http();
  await eventually(() => test.state).toBe("ok");
  test.slack.outage = { status: 503 };
  test.assistant.refusal = new AppError("bad_request", "There is no such paper");
  const asked = mention("question");
  await test.post(eventBody(asked));
  await eventually(() => test.slack.callsOf("chat.postMessage").length).toBeGreaterThan(4);
  test.slack.outage = undefined;
  await eventually(() => test.texts("C1", asked.ts)).toEqual(["There is no such paper"]);
  expect(test.assistant.asked).toHaveLength(1);
});
