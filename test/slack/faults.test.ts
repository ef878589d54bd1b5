/** What goes wrong between Slack and the bot, and that each question is answered all the same, once. */
import { describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { Gate } from "../support/gate.ts";
import {
  command,
  directMessage,
  eventBody,
  mention,
  shortcut,
} from "../support/slack-server/slack-events.ts";
import { TestSlack } from "../support/slack-server/test-slack.ts";

const TEXT = "Graph walks rank pages. [1]";
const ONCE = [TEXT];

describe("what comes twice is answered once", () => {
  it("an event that Slack sends again, also to another process", async () => {
    const test = await TestSlack.socket();
    const asked = mention("question");
    const body = await test.hear(asked);
    await test.slack.send("events_api", body, 1);
    await test.finished("C1", asked.ts);
    await test.stop();
    await test.startSocket();
    await test.slack.send("events_api", body, 2);
    // A mention is a message of its channel as well, with an event_id of its own.
    await test.hear({ ...asked, type: "message" });
    const last = directMessage("last");
    await test.hear(last);
    await test.finished("D1", last.ts);
    expect(test.texts("C1", asked.ts)).toEqual(ONCE);
    expect(test.assistant.asked).toHaveLength(2);
  });

  it("a command that Slack sends again", async () => {
    const test = await TestSlack.http();
    const body = command("question", `${test.slack.url}/respond/1`);
    for (const retry of [0, 1, 2]) expect((await test.post(body, { retry })).status).toBe(200);
    const last = directMessage("last");
    await test.post(eventBody(last));
    await test.finished("D1", last.ts);
    expect(test.assistant.asked.map(({ question }) => question)).toEqual(["question", "last"]);
  });
});

describe("over HTTP", () => {
  it.each([
    ["a wrong signature", { secret: "another-secret" }],
    ["a request older than 5 minutes", { ageSeconds: 301 }],
  ])("%s is 401, and nothing runs", async (_, how) => {
    const test = await TestSlack.http();
    expect((await test.post(eventBody(mention("question")), how)).status).toBe(401);
    expect((await test.post(command("q", `${test.slack.url}/respond/1`), how)).status).toBe(401);
    expect((await test.post({ type: "url_verification", challenge: "x" }, how)).status).toBe(401);
    const asked = directMessage("last");
    expect((await test.post(eventBody(asked), { ageSeconds: 290 })).status).toBe(200);
    await test.finished("D1", asked.ts);
    expect(test.assistant.asked).toHaveLength(1);
  });

  it("an event that cannot be kept is refused, so that Slack sends it again", async () => {
    const test = await TestSlack.http();
    const body = eventBody(mention("question"));
    await test.breakStore();
    expect((await test.post(body)).status).toBe(500);
    await test.stop();
    await test.startHttp();
    expect((await test.post(body, { retry: 1 })).status).toBe(200);
    await test.finished("C1", String(body.event.ts));
  });
});

describe("limits of Slack", () => {
  it("waits as long as Retry-After says, and loses nothing", async () => {
    const test = await TestSlack.socket();
    const busy = { status: 429, headers: { "Retry-After": "1" } };
    test.slack.fail("chat.startStream", busy);
    test.slack.fail("chat.stopStream", busy);
    const asked = directMessage("question");
    await test.hear(asked);
    await test.finished("D1", asked.ts);
    expect(test.texts("D1", asked.ts)).toEqual(ONCE);
    for (const method of ["chat.startStream", "chat.stopStream"])
      expect(test.slack.callsOf(method).map(({ outcome }) => outcome)).toEqual(["429", "ok"]);
  });

  it("keeps another answer from a method that rests", async () => {
    const test = await TestSlack.socket();
    test.slack.fail("chat.startStream", { status: 429, headers: { "Retry-After": "1" } });
    const asked = [directMessage("one"), directMessage("two")];
    await test.hear(asked[0]!);
    await eventually(() => test.slack.callsOf("chat.startStream")).toHaveLength(1);
    await test.hear(asked[1]!);
    for (const { ts } of asked) await test.finished("D1", ts);
    expect(test.slack.callsOf("chat.startStream").map(({ outcome }) => outcome)).toEqual(["429", "ok", "ok"]);
  });

  it("gives the answer without what stands below it where Slack takes no such blocks", async () => {
    const test = await TestSlack.socket();
    const refused = { error: "invalid_blocks" };
    test.slack.fail("chat.stopStream", refused);
    test.slack.fail("chat.update", refused);
    const asked = mention("question");
    await test.hear(asked);
    await eventually(() => test.slack.callsOf("chat.update").at(-1)?.outcome).toBe("ok");
    expect(test.texts("C1", asked.ts)).toEqual(ONCE);
    const [answer] = test.slack.messages.thread("C1", asked.ts);
    expect(answer).toMatchObject({ blocks: [], streamingSince: undefined });
  });

  it("updates messages where there are no streams", async () => {
    const test = await TestSlack.socket({ limits: { update: 100 } });
    for (const method of ["chat.startStream", "chat.appendStream", "chat.stopStream"]) {
      test.slack.unknown.add(method);
    }
    test.assistant.pace = () => new Promise((resolve) => setTimeout(resolve, 40));
    const asked = mention("question");
    await test.hear(asked);
    const [answer] = await test.finished("C1", asked.ts);
    expect(answer?.text).toBe(TEXT);
    expect(answer?.notice).toBe(TEXT);
    expect(answer?.writes.map(({ method }) => method).slice(0, 2)).toEqual([
      "chat.postMessage",
      "chat.update",
    ]);
  });
});

describe("Slack out of reach", () => {
  it.each([
    ["500", { status: 500 }],
    ["no answer", { drops: "before" as const }],
    ["an answer that is lost", { drops: "after" as const }],
    ["its own failure", { error: "internal_error" }],
  ])("%s to an append neither drops nor doubles text", async (_, fault) => {
    const test = await TestSlack.socket();
    const gate = new Gate();
    test.assistant.pace = (next, { signal }) => (next > 6 ? gate.pass(signal) : Promise.resolve());
    test.slack.fail("chat.appendStream", fault);
    const asked = directMessage("question");
    await test.hear(asked);
    await eventually(() => test.slack.callsOf("chat.startStream")).toHaveLength(1);
    gate.step();
    await eventually(() => test.slack.callsOf("chat.appendStream")).toHaveLength(1);
    gate.open();
    await test.finished("D1", asked.ts);
    expect(test.texts("D1", asked.ts)).toEqual(ONCE);
  });

  it("in mid-answer: the answer is finished in the store, and the thread gets it when Slack is back", async () => {
    const test = await TestSlack.socket();
    const gate = test.holdAnswers();
    const asked = mention("question");
    await test.hear(asked);
    await eventually(() => test.texts("C1", asked.ts)).toEqual(["Graph "]);
    test.slack.outage = { drops: "before" };
    test.slack.disconnect("drop");
    gate.open();
    const { messageId } = test.assistant.asked[0]!;
    const stored = async () => (await test.assistant.conversations.message("slack:T1:C1", messageId)).answer;
    await eventually(async () => (await stored())?.text).toBe(TEXT);
    await eventually(() => test.state).toBe("unreachable");
    test.slack.outage = undefined;
    await test.finished("C1", asked.ts);
    expect(test.texts("C1", asked.ts)).toEqual(ONCE);
    expect(test.assistant.asked).toHaveLength(1);
    await eventually(() => test.state).toBe("ok");
    expect(test.told).toEqual(["Slack answers", "Slack cannot be reached", "Slack answers"]);
  });

  it("over HTTP, where no connection tells that it is back", async () => {
    const test = await TestSlack.http();
    await eventually(() => test.state).toBe("ok");
    test.slack.outage = { status: 503 };
    const asked = mention("question");
    await test.post(eventBody(asked));
    await eventually(() => test.slack.callsOf("chat.postMessage").length).toBeGreaterThan(2);
    test.slack.outage = undefined;
    await test.finished("C1", asked.ts);
    expect(test.texts("C1", asked.ts)).toEqual(ONCE);
  });

  it("at the start: it connects when Slack is there", async () => {
    const test = await TestSlack.prepare();
    test.slack.outage = { status: 503 };
    const started = test.startSocket();
    await eventually(() => test.slack.callsOf("auth.test").length).toBeGreaterThan(1);
    test.slack.outage = undefined;
    await started;
    const asked = directMessage("question");
    await test.hear(asked);
    await test.finished("D1", asked.ts);
  });

  it.each(["renew", "drop"] as const)("a connection that ends (%s) is made again", async (how) => {
    const test = await TestSlack.socket();
    test.slack.disconnect(how);
    await eventually(() => test.slack.connections).toBe(2);
    expect(test.slack.callsOf("apps.connections.open")).toHaveLength(2);
    const asked = directMessage("question");
    await test.hear(asked);
    await test.finished("D1", asked.ts);
    expect(test.texts("D1", asked.ts)).toEqual(ONCE);
  });
});

it("stops an answer that may not be written where it was asked for, and tells who asked", async () => {
  const test = await TestSlack.socket();
  const signals: AbortSignal[] = [];
  // Nothing but being stopped ends it.
  test.assistant.pace = async (next, { signal }) => {
    if (next > 6) await new Gate().pass(signal);
    if (signal?.aborted) signals.push(signal);
  };
  const about = { text: "page ranks", ts: "1.000001" };
  const where = { channel: { id: "C9" } };
  await test.slack.send("interactive", shortcut(about, `${test.slack.url}/respond/1`, where));
  await eventually(() => test.slack.responses[0]?.body.text).toBe(
    "I am not in this channel: invite me, or send me a direct message.",
  );
  expect(signals).toHaveLength(1);
});

it("tells who asks where the bot is not", async () => {
  const test = await TestSlack.socket();
  const body = command("question", `${test.slack.url}/respond/1`, { channel_id: "C9" });
  await test.slack.send("slash_commands", body);
  await eventually(() => test.slack.responses[0]?.body.text).toBe(
    "I am not in this channel: invite me, or send me a direct message.",
  );
  expect(test.assistant.asked).toEqual([]);
});
