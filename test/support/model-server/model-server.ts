/** A scripted server that speaks the streaming formats of OpenAI, Anthropic and Ollama, and is as strict as they are. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { anthropic } from "./anthropic.ts";
import { ollama } from "./ollama.ts";
import { openai } from "./openai.ts";
import { type Scenario, says } from "./scenario.ts";
import type { WireFormat } from "./wire-format.ts";

export const FORMATS = { openai, anthropic, ollama };
export type Provider = keyof typeof FORMATS;

export const KEY = "sk-test-0123456789abcdef";
const MODEL = "test-model";

/** What a request is for, told by its instructions. */
export type Task = "answer" | "condense" | "title";

export interface RecordedRequest {
  readonly provider: Provider;
  readonly task: Task;
  readonly system: string;
  readonly user: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
  /** When its socket or response closed before the answer's end: performance.now() of that moment. */
  closedEarlyAt?: number;
  /** performance.now() of each token's write. */
  readonly writtenAt: number[];
}

type Script = Scenario | ((request: RecordedRequest, nth: number) => Scenario);

export class ModelServer {
  readonly requests: RecordedRequest[] = [];
  /** Requests to any other path: LangSmith's would be among them. */
  readonly strayed: string[] = [];
  /** By task; a function is told the request and how many of its task came before. */
  readonly scripts: Record<Task, Script> = {
    answer: says("The sources do not say."),
    condense: { status: 500 },
    title: { status: 500 },
  };
  /** That it has; asked for any other, it refuses as the real one does. */
  models: string[] = [MODEL];
  /** Whether it tells what models it has: not every server that speaks a protocol does. */
  listsModels = true;
  /** How often it told. */
  listed = 0;
  readonly #server: Server;

  static async start(): Promise<ModelServer> {
    const server = new ModelServer();
    server.#server.listen(0, "127.0.0.1");
    await once(server.#server, "listening");
    return server;
  }

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The variables that make Footnote ask this server. */
  environment(provider: Provider): Record<string, string> {
    const name = provider.toUpperCase();
    return {
      LLM: `${provider}:${MODEL}`,
      [`${name}_BASE_URL`]: provider === "openai" ? `${this.url}/v1` : this.url,
      ...(provider === "ollama" ? {} : { [`${name}_API_KEY`]: KEY }),
    };
  }

  /** The requests for `task`, oldest first. */
  of(task: Task): RecordedRequest[] {
    return this.requests.filter((request) => request.task === task);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on("error", () => {});
    const found = Object.entries(FORMATS).find(([, { path }]) => request.url === path);
    if (found === undefined || request.method !== "POST") return this.#serveOther(request, response);
    const [provider, format] = found as [Provider, WireFormat];
    const body = await json(request);
    const refused = format.check(request.headers, body, KEY);
    if (refused !== undefined) return send(response, refused.status, refused.body);
    const { model } = body as { model: string };
    if (!this.models.includes(model)) return send(response, 404, format.unknownModel(model));
    const recorded = this.#record(provider, format, request, body);
    response.on("close", () => {
      if (!response.writableEnded) recorded.closedEarlyAt = performance.now();
    });
    const script = this.scripts[recorded.task];
    const nth = this.of(recorded.task).length - 1;
    await play(typeof script === "function" ? script(recorded, nth) : script, format, response, recorded);
  }

  /** The models, and 404 as who is meant says it. */
  #serveOther({ method = "", url = "", headers }: IncomingMessage, response: ServerResponse): void {
    const meant = headers["x-api-key"] ? anthropic : headers.authorization ? openai : ollama;
    const asked = this.listsModels && method === "GET";
    const told = asked ? meant.models(url, headers, this.models, KEY) : undefined;
    if (told !== undefined) {
      this.listed += 1;
      send(response, told.status, told.body);
    } else {
      this.strayed.push(`${method} ${url}`);
      send(response, 404, meant.unknownPath(method, url));
    }
  }

  #record(provider: Provider, format: WireFormat, request: IncomingMessage, body: unknown): RecordedRequest {
    const { system, user } = format.messages(body);
    // A server without a system role is told in the user's message.
    const told = system === "" ? user : system;
    const task = /rewrite the last question/.test(told)
      ? "condense"
      : /name conversations/.test(told)
        ? "title"
        : "answer";
    const { headers } = request;
    const recorded: RecordedRequest = { provider, task, system, user, headers, body, writtenAt: [] };
    this.requests.push(recorded);
    return recorded;
  }
}

function send(response: ServerResponse, status: number, body: string, headers: object = {}): void {
  response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(body);
}

async function play(
  scenario: Scenario,
  format: WireFormat,
  response: ServerResponse,
  recorded: RecordedRequest,
): Promise<void> {
  const { status, tokens = [], raw, firstMs = 0, gapMs = 0, chunkBytes } = scenario;
  if (status !== undefined) {
    const body = format.refusal(status, scenario.message ?? "refused");
    return send(response, status, body, scenario.headers);
  }
  if (scenario.body !== undefined) {
    response.writeHead(200, { "Content-Type": scenario.body.type }).end(scenario.body.text);
    return;
  }
  const write = async (text: string): Promise<void> => {
    const bytes = Buffer.from(text);
    const size = chunkBytes ?? bytes.length;
    for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
      const more = response.write(bytes.subarray(at, at + size));
      if (!more) await drained(response);
      // Otherwise writes of one turn leave as one packet.
      if (chunkBytes !== undefined) await new Promise(setImmediate);
    }
  };
  response.writeHead(200, { "Content-Type": format.contentType });
  await write(format.begin(MODEL));
  for (const token of raw ?? tokens) {
    const wait = recorded.writtenAt.length === 0 ? firstMs : gapMs;
    if (wait > 0) await sleep(wait);
    if (response.destroyed) return;
    recorded.writtenAt.push(performance.now());
    await write(raw === undefined ? format.token(token) : token);
  }
  await finish(scenario.ends ?? "stop", format, response, write);
}

/** When it takes more, or is closed. */
async function drained(response: ServerResponse): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}

async function finish(
  ends: NonNullable<Scenario["ends"]>,
  format: WireFormat,
  response: ServerResponse,
  write: (text: string) => Promise<void>,
): Promise<void> {
  // What was written has to leave before the socket goes.
  await sleep(5);
  if (ends === "stall") return;
  if (ends === "break") return void response.socket?.destroy();
  if (ends === "garbage") await write(format.garbage);
  else if (ends === "error") await write(format.error);
  else if (ends !== "hang-up") await write(format.end(ends));
  response.end();
}
