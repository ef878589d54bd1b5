import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import type { Assistant, DeliveryStore } from "../../../src/assistant/port.ts";
import { openDeliveries } from "../../../src/assistant.ts";
import type { SlackConfig } from "../../../src/config/slack.ts";
import type { Config } from "../../../src/config.ts";
import { fromDelivery } from "../../../src/slack/accepted-question.ts";
import { openSlackHttp } from "../../../src/slack/open-slack-http.ts";
import { openSlackSocket } from "../../../src/slack/open-slack-socket.ts";
import type { SlackLimits } from "../../../src/slack/slack-limits.ts";
import type { RunningSlack, SlackOptions } from "../../../src/slack/slack-parts.ts";
import { eventually } from "../eventually.ts";
import { FakeAssistant } from "../fake-assistant.ts";
import { Gate } from "../gate.ts";
import { testConfig } from "../open-assistant.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { type EventBody, eventBody, signed } from "./slack-events.ts";
import type { SlackMessage } from "./slack-messages.ts";
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, SlackServer } from "./slack-server.ts";

interface Options {
  readonly assistant?: Assistant;
  readonly config?: Partial<SlackConfig>;
  readonly limits?: Partial<SlackLimits>;
  readonly publicUrl?: string;
  readonly atOnce?: number;
  readonly folder?: string;
}

/** Short, so that tests are; what they are in earnest, `slack-limits.ts` says. */
const LIMITS: Partial<SlackLimits> = { append: 5, update: 5, retryFirst: 20, retryLongest: 100, call: 2000 };

/** The real bot before a scripted Slack, with a fake assistant unless another is given; closed when the test is over. */
export class TestSlack {
  readonly slack: SlackServer;
  readonly assistant: FakeAssistant;
  readonly log: Record<string, unknown>[] = [];
  readonly #options: Options;
  readonly #config: Config;
  readonly #closing = new AbortController();
  #running: RunningSlack | undefined;
  #handle: Awaited<ReturnType<typeof openSlackHttp>>["handle"] | undefined;
  #url = "";
  #deliveries: DeliveryStore | undefined;

  /** Without a bot. */
  static async prepare(options: Options = {}): Promise<TestSlack> {
    const slack = await SlackServer.start();
    const test = new TestSlack(slack, options);
    onTestFinished(async () => {
      test.#closing.abort();
      await test.stop(0);
      await slack.close();
    });
    return test;
  }

  static async socket(options: Options = {}): Promise<TestSlack> {
    const test = await TestSlack.prepare(options);
    await test.startSocket();
    return test;
  }

  static async http(options: Options = {}): Promise<TestSlack> {
    const test = await TestSlack.prepare(options);
    await test.startHttp();
    return test;
  }

  private constructor(slack: SlackServer, options: Options) {
    this.slack = slack;
    this.#options = options;
    this.assistant = options.assistant instanceof FakeAssistant ? options.assistant : new FakeAssistant();
    this.#config = testConfig(options.folder ?? temporaryFolder());
  }

  get state(): string {
    return this.#running?.state() ?? "closed";
  }

  /** Lines of the log that are not for who looks closer. */
  get told(): string[] {
    return this.log.filter(({ level }) => Number(level) >= 30).map(({ msg }) => String(msg));
  }

  /** The questions that are still to be answered. */
  async kept(): Promise<(string | undefined)[]> {
    const pending = (await this.#deliveries?.pending()) ?? [];
    return pending.map((delivery) => fromDelivery(delivery)?.question);
  }

  async startSocket(): Promise<void> {
    const options = { ...this.#slackOptions(), appToken: APP_TOKEN, signal: this.#closing.signal };
    this.#running = await openSlackSocket(options);
  }

  async startHttp(): Promise<void> {
    const slack = await openSlackHttp({ ...this.#slackOptions(), signingSecret: SIGNING_SECRET });
    this.#running = slack;
    this.#handle = slack.handle;
    if (this.#url !== "") return;
    const server = createServer((request, response) => this.#handle?.(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.#url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
  }

  /** As a disk that is full: nothing can be kept any more. */
  async breakStore(): Promise<void> {
    await this.#deliveries?.close();
  }

  async stop(graceMs?: number): Promise<void> {
    await this.#running?.close(graceMs);
    this.#running = undefined;
  }

  /** Over HTTP. */
  post(body: Parameters<typeof signed>[0], how?: Parameters<typeof signed>[1]): Promise<Response> {
    return this.request(signed(body, how));
  }

  request(init: RequestInit): Promise<Response> {
    return fetch(this.#url, init);
  }

  /** Sends an event over Socket Mode. @returns its body, to be sent once more */
  async hear(event: Record<string, unknown>): Promise<EventBody> {
    const body = eventBody(event);
    const { channel, thread_ts } = event;
    if (thread_ts !== undefined) this.slack.messages.noteReply(String(channel), String(thread_ts));
    await this.slack.send("events_api", body);
    return body;
  }

  /** Answers stop behind their first word, until the gate opens. */
  holdAnswers(): Gate {
    const gate = new Gate();
    this.assistant.pace = (next, { signal }) => (next > 5 ? gate.pass(signal) : Promise.resolve());
    return gate;
  }

  /** What the messages of a thread say. */
  texts(channel: string, threadTs: string): string[] {
    return this.slack.messages.thread(channel, threadTs).map(({ text }) => text);
  }

  /** The messages of a thread when its last one is finished, as its buttons tell. */
  async finished(channel: string, threadTs: string, buttons = 1): Promise<SlackMessage[]> {
    const isLast = ({ blocks }: SlackMessage) => blocks.some(({ type }) => type === "context_actions");
    const thread = () => this.slack.messages.thread(channel, threadTs);
    await eventually(() => thread().filter(isLast).length).toBe(buttons);
    return thread();
  }

  #slackOptions(): SlackOptions {
    const { assistant = this.assistant, config, limits, publicUrl, atOnce = 64 } = this.#options;
    this.#deliveries = openDeliveries(this.#config);
    return {
      assistant,
      deliveries: this.#deliveries,
      config: {
        ...{ botToken: BOT_TOKEN, appToken: APP_TOKEN, signingSecret: SIGNING_SECRET },
        ...{ maxPerMinute: 0, allowedChannels: [], apiUrl: `${this.slack.url}/api/` },
        ...config,
      },
      server: { publicUrl, maxConcurrentAnswers: atOnce },
      logger: pino({ level: "debug" }, { write: (line: string) => void this.log.push(JSON.parse(line)) }),
      limits: { ...LIMITS, ...limits },
    };
  }
}
