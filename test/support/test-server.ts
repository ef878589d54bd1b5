import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import type { Config } from "../../src/config.ts";
import { type RunningServer, startServer } from "../../src/server/server.ts";
import type { ServerLimits } from "../../src/server/server-limits.ts";
import type { Integration } from "../../src/server/services.ts";
import { FakeAssistant } from "./fake-assistant.ts";
import { parseMetrics } from "./metrics.ts";
import { SocketClient } from "./socket-client.ts";

interface Options {
  readonly config?: Partial<Config["server"]>;
  readonly limits?: Partial<ServerLimits>;
  readonly webFolder?: string;
  readonly assistant?: FakeAssistant;
  readonly integrations?: readonly Integration[];
}

const CONFIG: Config["server"] = {
  port: 0,
  host: "127.0.0.1",
  apiKeys: [],
  openToAll: false,
  trustedProxies: { hops: 0, networks: [] },
  rateLimitPerMinute: 0,
  maxConcurrentAnswers: 64,
  allowedOrigins: [],
  allowedHosts: [],
  publicUrl: undefined,
  logLevel: "debug",
};

/** A real server on a free port before a fake assistant; closed, with its sockets, when the test is over. */
export class TestServer {
  readonly assistant: FakeAssistant;
  readonly log: Record<string, unknown>[];
  readonly #running: RunningServer;

  static async start(options: Options = {}): Promise<TestServer> {
    const log: Record<string, unknown>[] = [];
    const { assistant = new FakeAssistant(), integrations = [] } = options;
    const logger = pino({ level: "debug" }, { write: (line: string) => void log.push(JSON.parse(line)) });
    const running = await startServer({
      assistant,
      integrations,
      config: { ...CONFIG, ...options.config },
      logger,
      webFolder: options.webFolder ?? emptyFolder(),
      version: "1.2.3",
      ...(options.limits === undefined ? {} : { limits: options.limits }),
    });
    const server = new TestServer(running, assistant, log);
    onTestFinished(() => server.close(0));
    return server;
  }

  private constructor(running: RunningServer, assistant: FakeAssistant, log: Record<string, unknown>[]) {
    this.#running = running;
    this.assistant = assistant;
    this.log = log;
  }

  get url(): string {
    return this.#running.url;
  }

  get port(): number {
    return this.#running.port;
  }

  close(graceMs?: number): Promise<void> {
    return this.#running.close(graceMs);
  }

  get(address: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.url + address, { headers });
  }

  /** A sample of /metrics; undefined when there is none. */
  async metric(name: string, headers: Record<string, string> = {}): Promise<number | undefined> {
    return parseMetrics(await (await this.get("/metrics", headers)).text()).get(name);
  }

  /** `body` as JSON. */
  send(
    method: string,
    address: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const type = body === undefined ? {} : { "Content-Type": "application/json" };
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    return fetch(this.url + address, { method, headers: { ...type, ...headers }, ...text });
  }

  async socket(headers: Record<string, string> = {}): Promise<SocketClient> {
    const client = await SocketClient.open(`${this.url.replace("http", "ws")}/ws`, headers);
    onTestFinished(() => client.drop());
    return client;
  }
}

function emptyFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-web-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
