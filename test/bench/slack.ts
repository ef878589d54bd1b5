/** The four figures that the Slack bot must hold, before a scripted Slack on loopback, in one process with it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { type Assistant, openDeliveries } from "../../src/assistant.ts";
import type { Config } from "../../src/config.ts";
import { slackMarkdown } from "../../src/slack/messages/slack-markdown.ts";
import { openSlackHttp } from "../../src/slack/open-slack-http.ts";
import { openSlackSocket } from "../../src/slack/open-slack-socket.ts";
import { DEFAULT_LIMITS } from "../../src/slack/slack-limits.ts";
import type { SlackOptions } from "../../src/slack/slack-parts.ts";
import { percentile } from "../../src/util/statistics.ts";
import { FakeAssistant } from "../support/fake-assistant.ts";
import { longText } from "../support/slack-server/long-text.ts";
import { directMessage, eventBody, mention, signed } from "../support/slack-server/slack-events.ts";
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, SlackServer } from "../support/slack-server/slack-server.ts";
import { openAssistant } from "./assistant.ts";
import { HttpDoor } from "./http-door.ts";
import { developmentQuestions } from "./questions.ts";

const AT_ONCE = 50;
/** Of AT_ONCE; the first is cold, and told by itself. */
const ROUNDS = 7;
const EVENTS = 500;
const LONG_ANSWERS = 100;
/** Characters: three or four messages. */
const LONG = 28_000;

const questions = developmentQuestions().map(({ question }) => question);

export async function benchSlack(): Promise<void> {
  const { assistant, config, close } = await openAssistant();
  try {
    await benchSpeed(assistant, config, "Socket Mode");
    await benchSpeed(assistant, config, "HTTP");
    await benchOnce(assistant, config);
  } finally {
    await close();
  }
  await benchLong(config);
}

type Opened = Awaited<ReturnType<typeof open>>;

async function open(assistant: Assistant, config: Config, over: "Socket Mode" | "HTTP", patient = true) {
  const slack = await SlackServer.start();
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-slack-"));
  const tokens = { botToken: BOT_TOKEN, appToken: APP_TOKEN, signingSecret: SIGNING_SECRET };
  const options: SlackOptions = {
    assistant,
    deliveries: openDeliveries({ ...config, folders: { ...config.folders, data: folder } }),
    config: { ...tokens, maxPerMinute: 0, allowedChannels: [], apiUrl: `${slack.url}/api/` },
    server: config.server,
    logger: pino({ level: "silent" }),
    limits: patient ? DEFAULT_LIMITS : { append: 1, update: 1 },
  };
  const { signal } = new AbortController();
  const http =
    over === "HTTP" ? await openSlackHttp({ ...options, signingSecret: SIGNING_SECRET }) : undefined;
  const bot = http ?? (await openSlackSocket({ ...options, appToken: APP_TOKEN, signal }));
  const door = http && (await HttpDoor.open(http.handle));
  // The first requests of a process are slow at the client's end.
  if (door !== undefined) await Promise.all(Array.from({ length: AT_ONCE }, () => fetch(door.url)));
  /** @returns milliseconds to the acknowledgement */
  const send = async (body: ReturnType<typeof eventBody>): Promise<number> => {
    const began = performance.now();
    if (door === undefined) return (await slack.send("events_api", body)).tookMs;
    const { status } = await fetch(door.url, signed(body));
    if (status !== 200) throw new Error(`an event was answered with ${status}`);
    return performance.now() - began;
  };
  const close = async () => {
    await bot.close(0);
    await door?.close();
    await slack.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { slack, send, close };
}

/** Finished answers: with their buttons. */
const answersIn = ({ slack }: Opened, channel: string, ts: string) =>
  slack.messages
    .thread(channel, ts)
    .filter(({ blocks }) => blocks.some(({ type }) => type === "context_actions"));

async function until(done: () => boolean, what: string): Promise<void> {
  for (const end = performance.now() + 120_000; !done(); ) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function benchSpeed(assistant: Assistant, config: Config, over: "Socket Mode" | "HTTP"): Promise<void> {
  const opened = await open(assistant, config, over);
  const acknowledged: number[] = [];
  const first: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const asked = Array.from({ length: AT_ONCE }, (_, at) =>
      mention(questions[(round * AT_ONCE + at) % questions.length] ?? ""),
    );
    const sent = performance.now();
    acknowledged.push(...(await Promise.all(asked.map((event) => opened.send(eventBody(event))))));
    const unanswered = () => asked.filter(({ ts }) => answersIn(opened, "C1", ts).length === 0);
    await until(() => unanswered().length === 0, `${over}, round ${round}`);
    for (const { ts } of asked) {
      const [message] = opened.slack.messages.thread("C1", ts);
      first.push((message?.writes[0]?.at ?? Number.NaN) - sent);
    }
  }
  await opened.close();
  show(`${over}: acknowledged, ${AT_ONCE} at once, cold`, acknowledged.slice(0, AT_ONCE));
  show(`${over}: first text, ${AT_ONCE} at once, cold`, first.slice(0, AT_ONCE));
  show(`${over}: acknowledged, ${AT_ONCE} at once`, acknowledged.slice(AT_ONCE));
  show(`${over}: first text, ${AT_ONCE} at once`, first.slice(AT_ONCE));
  await benchAlone(assistant, config, over);
}

async function benchAlone(assistant: Assistant, config: Config, over: "Socket Mode" | "HTTP"): Promise<void> {
  const opened = await open(assistant, config, over);
  const first: number[] = [];
  for (const question of questions.slice(0, AT_ONCE)) {
    const event = directMessage(question);
    const sent = performance.now();
    await opened.send(eventBody(event));
    await until(() => answersIn(opened, "D1", event.ts).length === 1, question);
    first.push((opened.slack.messages.thread("D1", event.ts)[0]?.writes[0]?.at ?? Number.NaN) - sent);
  }
  await opened.close();
  show(`${over}: first text, one by one`, first);
}

/** Every third event comes once more, at once or after the answer, half of these to the bot's next process. */
async function benchOnce(assistant: Assistant, config: Config): Promise<void> {
  const opened = await open(assistant, config, "Socket Mode");
  const bodies = Array.from({ length: EVENTS }, (_, at) =>
    eventBody(mention(questions[at % questions.length] ?? "")),
  );
  const twice = bodies.filter((_, at) => at % 3 === 0);
  const atOnce = twice.filter((_, at) => at % 2 === 0);
  await Promise.all([...bodies, ...atOnce].map((body) => opened.send(body)));
  const answers = () => bodies.map(({ event }) => answersIn(opened, "C1", String(event.ts)).length);
  await until(() => answers().every((count) => count > 0), "500 events");
  await Promise.all(twice.map((body) => opened.send(body)));
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const counts = answers();
  const once = counts.filter((count) => count === 1).length;
  console.log(
    `${EVENTS} events, ${twice.length} of them delivered again (${atOnce.length} twice): ${once} answered once, ` +
      `${counts.filter((count) => count > 1).length} more often, ${counts.filter((count) => count === 0).length} never`,
  );
  await opened.close();
}

async function benchLong(config: Config): Promise<void> {
  const assistant = new FakeAssistant();
  const opened = await open(assistant, config, "Socket Mode", false);
  let wrong = 0;
  let messages = 0;
  for (let seed = 1; seed <= LONG_ANSWERS; seed++) {
    const text = longText(seed, LONG);
    assistant.write = (answer) => ({ ...answer, text });
    if (seed % 4 === 0) assistant.pace = () => new Promise((resolve) => setImmediate(resolve));
    else assistant.pace = async () => {};
    const event = mention("question");
    await opened.send(eventBody(event));
    await until(() => answersIn(opened, "C1", event.ts).length === 1, `long answer ${seed}`);
    const thread = opened.slack.messages.thread("C1", event.ts);
    messages += thread.length;
    if (thread.map((message) => message.text).join("") !== slackMarkdown(text)) wrong += 1;
  }
  const refused = opened.slack.calls.filter(({ outcome }) => outcome !== "ok").length;
  console.log(
    `${LONG_ANSWERS} answers of ${LONG} characters in ${messages} messages: ${wrong} with text lost or doubled, ${refused} calls refused`,
  );
  await opened.close();
}

function show(what: string, took: readonly number[]): void {
  const at = (share: number) => percentile(took, share).toFixed(0);
  console.log(
    `${what.padEnd(48)} p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms (n=${took.length})`,
  );
}
