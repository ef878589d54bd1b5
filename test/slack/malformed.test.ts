/** Requests and envelopes that are not as Slack's are: none of them ends the process. */
import { expect, it } from "vitest";
import { directMessage, eventBody, signed } from "../support/slack-server/slack-events.ts";
import { TestSlack } from "../support/slack-server/test-slack.ts";

it("are refused over HTTP", async () => {
  const test = await TestSlack.http();
  const bodies = [null, [], "text", 1, { type: "event_callback", event: null }];
  for (const body of bodies) {
    expect((await test.request(signed(body))).status).toBe(400);
    expect((await test.request(signed(body, { secret: "another" }))).status).toBe(401);
  }
  const asked = directMessage("question");
  expect((await test.post(eventBody(asked))).status).toBe(200);
  await test.finished("D1", asked.ts);
});

it("but one without a length is taken, and so is word that there were too many events", async () => {
  const test = await TestSlack.http();
  const asked = directMessage("question");
  const { body, ...rest } = signed(eventBody(asked));
  const chunked = { ...rest, body: new Blob([body]).stream(), duplex: "half" } as RequestInit;
  expect((await test.request(chunked)).status).toBe(200);
  await test.finished("D1", asked.ts);
  const endless = new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(65_536)) });
  const request = test.request({ method: "POST", body: endless, duplex: "half" } as RequestInit);
  await request.then(
    ({ status }) => expect(status).toBe(413),
    () => {}, // Whether its sender hears that it need not go on is up to both.
  );
  expect((await test.request(signed({ type: "app_rate_limited", team_id: "T1" }))).status).toBe(200);
});

it("are passed over in Socket Mode", async () => {
  const test = await TestSlack.socket();
  test.slack.sendRaw(null);
  for (const payload of [null, {}, { event: null }]) {
    test.slack.sendRaw({ type: "events_api", envelope_id: "E", payload });
  }
  test.slack.sendRaw({ type: "slash_commands", envelope_id: "E", payload: null });
  const asked = directMessage("question");
  await test.hear(asked);
  await test.finished("D1", asked.ts);
  expect(test.told.filter((line) => line === "a message from Slack cannot be read")).toHaveLength(4);
});
