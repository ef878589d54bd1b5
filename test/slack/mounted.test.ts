/** The bot in the server: its address, its component, and the way from Slack to the web. */
import { pino } from "pino";
import { expect, it, onTestFinished } from "vitest";
import { openDeliveries } from "../../src/assistant.ts";
import { Readiness } from "../../src/protocol.ts";
import { EVENTS_PATH, openSlackHttp } from "../../src/slack/open-slack-http.ts";
import { eventually } from "../support/eventually.ts";
import { FakeAssistant } from "../support/fake-assistant.ts";
import { testConfig } from "../support/open-assistant.ts";
import { eventBody, mention, signed } from "../support/slack-server/slack-events.ts";
import { SIGNING_SECRET, SlackServer } from "../support/slack-server/slack-server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { TestServer } from "../support/test-server.ts";

const ALICE = "a-key-of-alice-0001";
const BOB = "a-key-of-bob-00000002";

async function mounted(variables: Record<string, string> = {}) {
  const slack = await SlackServer.start();
  const config = testConfig(temporaryFolder(), {
    SLACK_BOT_TOKEN: "xoxb-test-bot",
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: `${slack.url}/api/`,
    ...variables,
  });
  const assistant = new FakeAssistant();
  const bot = await openSlackHttp({
    ...{
      assistant,
      deliveries: openDeliveries(config),
      server: config.server,
      signingSecret: SIGNING_SECRET,
    },
    config: config.slack!,
    logger: pino({ level: "silent" }),
  });
  const server = await TestServer.start({
    assistant,
    config: { apiKeys: config.server.apiKeys },
    integrations: [{ path: EVENTS_PATH, handle: bot.handle, health: { name: "slack", state: bot.state } }],
  });
  onTestFinished(async () => {
    await bot.close(0);
    await slack.close();
  });
  const post = (body: Parameters<typeof signed>[0], how?: Parameters<typeof signed>[1]) =>
    fetch(`${server.url}${EVENTS_PATH}`, signed(body, how));
  return { slack, assistant, server, post };
}

it("answers at /slack/events with Slack's signature and no other key", async () => {
  const { slack, post } = await mounted({ API_KEYS: `alice:${ALICE}` });
  const asked = mention("question");
  expect((await post(eventBody(asked), { secret: "another-secret" })).status).toBe(401);
  expect((await post(eventBody(asked))).status).toBe(200);
  await eventually(() => slack.messages.thread("C1", asked.ts).map(({ text }) => text)).toEqual([
    "Graph walks rank pages. [1]",
  ]);
});

it("refuses what is not Slack's before it reads it, and other calls as any unknown address", async () => {
  const { server } = await mounted();
  const call = (init: RequestInit, address = EVENTS_PATH) => fetch(server.url + address, init);
  expect((await call({ method: "POST", body: "x".repeat(1024 * 1024 + 1) })).status).toBe(413);
  expect((await call({ method: "POST", body: "{}" })).status).toBe(401);
  expect((await call({ method: "POST", body: "{}" }, `${EVENTS_PATH}/`)).status).toBe(404);
  expect((await call({ method: "GET" })).status).toBe(404);
});

it("is a component of /ready, which stays 200 when Slack refuses the token", async () => {
  const { slack, server, post } = await mounted();
  const ready = async () => {
    const response = await server.get("/ready");
    const readiness = Readiness.parse(await response.json());
    return [response.status, readiness.status === "ready" && readiness.components.slack];
  };
  await eventually(ready).toEqual([200, "ok"]);
  slack.tokens.bot = "xoxb-new";
  await post(eventBody(mention("question")));
  await eventually(ready).toEqual([200, "token_revoked"]);
});

it("shows a thread's conversation on the web to admins who have its link, and to nobody else", async () => {
  const { slack, server, post, assistant } = await mounted({ API_KEYS: `alice:${ALICE}:admin,bob:${BOB}` });
  const asked = mention("question");
  await post(eventBody(asked));
  await eventually(() => slack.messages.thread("C1", asked.ts)).toHaveLength(1);
  const [{ id } = { id: "" }] = (await assistant.conversations.list("slack:T1:C1", { limit: 1 }))
    .conversations;
  const as = (key: string, address: string) => server.get(address, { Authorization: `Bearer ${key}` });
  const shown = await as(ALICE, `/api/conversations/${id}`);
  expect(await shown.json()).toMatchObject({ id, messages: [{ text: "question" }, { role: "assistant" }] });
  expect((await as(ALICE, `/api/conversations/${id}/export`)).status).toBe(200);
  expect((await as(BOB, `/api/conversations/${id}`)).status).toBe(404);
  expect(await (await as(ALICE, "/api/conversations")).json()).toMatchObject({ total: 0 });
  // Admins see no other owner's conversations for it.
  const { id: own } = await assistant.conversations.store.create("bob", "his");
  expect((await as(ALICE, `/api/conversations/${own}`)).status).toBe(404);
  const ask = { question: "And on the web?", conversationId: id };
  const headers = { Authorization: `Bearer ${ALICE}` };
  expect((await server.send("POST", "/api/ask", ask, headers)).status).toBe(200);
  expect(assistant.asked.at(-1)).toMatchObject({ owner: "slack:T1:C1", conversationId: id });
});
