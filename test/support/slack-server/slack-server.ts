/** A scripted Slack on loopback: its Web API, Socket Mode, uploads and response addresses. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { type WebSocket, WebSocketServer } from "ws";
import manifest from "../../../src/slack/manifest.json" with { type: "json" };
import { type Arguments, METHODS, type World } from "./methods.ts";
import { SlackMessages } from "./slack-messages.ts";

export const BOT_TOKEN = "xoxb-test-bot";
export const APP_TOKEN = "xapp-test-app";
export const SIGNING_SECRET = "0123456789abcdef0123456789abcdef";
const OPEN = "apps.connections.open";

/** What one call meets instead of its answer. */
export interface Fault {
  /** `ok: false` with this word; nothing is done. */
  readonly error?: string;
  /** This status, with these headers; nothing is done. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection ends: before anything is done, or after all of it is. */
  readonly drops?: "before" | "after";
  /** Milliseconds that the call takes longer. */
  readonly delayMs?: number;
}

export interface RecordedCall {
  readonly method: string;
  readonly given: Arguments;
  readonly at: number;
  /** "ok", or what it met. */
  outcome: string;
}

/** An envelope's acknowledgement. */
interface Acknowledgement {
  readonly payload: unknown;
  readonly tookMs: number;
}

export class SlackServer implements World {
  readonly messages = new SlackMessages();
  readonly team = "T1";
  readonly botUserId = "UBOT";
  readonly botId = "BBOT";
  readonly joined = new Set(["C1", "C2"]);
  readonly statuses: Arguments[] = [];
  readonly prompts: Arguments[] = [];
  readonly files = new Map<string, { name: string; content: string; sharedIn?: string }>();
  readonly calls: RecordedCall[] = [];
  /** What was sent to response addresses. */
  readonly responses: { id: string; body: Record<string, unknown> }[] = [];
  streamMs = 5 * 60_000;
  /** What a new connection of Socket Mode meets: a greeting, that and its end, or nothing. */
  greeting: "hello" | "refusal" | "silence" = "hello";
  /** Connections of Socket Mode so far, those that ended among them. */
  connections = 0;
  /** Methods that this Slack does not know. */
  readonly unknown = new Set<string>();
  /** All calls end so, until it is unset. */
  outage: Fault | undefined;
  /** The tokens that are right. */
  tokens = { bot: BOT_TOKEN, app: APP_TOKEN };
  /** Methods that a Retry-After still holds. */
  readonly #resting = new Set<string>();
  readonly #faults = new Map<string, Fault[]>();
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #waiting = new Map<string, { sent: number; resolve: (answer: Acknowledgement) => void }>();
  #envelopes = 0;

  static async start(): Promise<SlackServer> {
    const slack = new SlackServer();
    slack.#server.listen(0, "127.0.0.1");
    await once(slack.#server, "listening");
    return slack;
  }

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.on("upgrade", (request, stream, head) => {
      if (this.outage !== undefined) stream.destroy();
      else this.#sockets.handleUpgrade(request, stream, head, (socket) => this.#greet(socket));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The next calls of `method` meet these, one each. */
  fail(method: string, ...faults: readonly Fault[]): void {
    this.#faults.set(method, [...(this.#faults.get(method) ?? []), ...faults]);
  }

  callsOf(method: string): RecordedCall[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** Sends an envelope over Socket Mode. @returns its acknowledgement */
  send(type: string, payload: unknown, retry?: number): Promise<Acknowledgement> {
    const [socket] = [...this.#sockets.clients].slice(-1);
    if (socket === undefined) throw new Error("nobody is connected in Socket Mode");
    const envelope_id = `E${++this.#envelopes}`;
    const again = retry === undefined ? {} : { retry_attempt: retry, retry_reason: "timeout" };
    return new Promise((resolve) => {
      this.#waiting.set(envelope_id, { sent: performance.now(), resolve });
      socket.send(JSON.stringify({ type, envelope_id, payload, accepts_response_payload: true, ...again }));
    });
  }

  /** Sends an envelope that nobody acknowledges. */
  sendRaw(envelope: unknown): void {
    for (const socket of this.#sockets.clients) socket.send(JSON.stringify(envelope));
  }

  /** Ends all connections of Socket Mode: as Slack does when it renews them, or without a word. */
  disconnect(how: "renew" | "drop"): void {
    for (const socket of this.#sockets.clients) {
      if (how === "drop") socket.terminate();
      else socket.send(JSON.stringify({ type: "disconnect", reason: "refresh_requested" }));
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #greet(socket: WebSocket): void {
    this.connections += 1;
    socket.on("message", (data) => {
      const { envelope_id, payload } = JSON.parse(String(data));
      const waiting = this.#waiting.get(envelope_id);
      this.#waiting.delete(envelope_id);
      waiting?.resolve({ payload, tookMs: performance.now() - waiting.sent });
    });
    if (this.greeting === "silence") return;
    socket.send(JSON.stringify({ type: "hello", num_connections: 1 }));
    if (this.greeting === "hello") return;
    socket.send(JSON.stringify({ type: "disconnect", reason: "too_many_websockets" }));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, kind = "", name = ""] = (request.url ?? "").split("/");
    if (kind === "api") return this.#call(name, request, response);
    if (kind === "upload") {
      const file = this.files.get(name);
      if (file !== undefined) file.content = fileOf(request.headers["content-type"], await text(request));
      return void response.end("OK");
    }
    if (kind === "respond") {
      this.responses.push({ id: name, body: JSON.parse(await text(request)) });
      return void response.end("ok");
    }
    response.writeHead(404).end();
  }

  async #call(method: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = Object.fromEntries(new URLSearchParams(await text(request)));
    const call: RecordedCall = { method, given, at: performance.now(), outcome: "ok" };
    this.calls.push(call);
    if (this.#resting.has(method)) {
      call.outcome = "too early";
      return void response.writeHead(429, { "Retry-After": "1" }).end();
    }
    const fault = this.outage ?? this.#faults.get(method)?.shift() ?? {};
    if (fault.delayMs !== undefined) await sleep(fault.delayMs);
    if (fault.drops === "before") {
      call.outcome = "dropped";
      return void request.socket.destroy();
    }
    if (fault.status !== undefined) {
      call.outcome = String(fault.status);
      this.#rest(method, Number(fault.headers?.["Retry-After"] ?? 0));
      return void response.writeHead(fault.status, fault.headers).end();
    }
    const result = fault.error ?? this.#result(method, given, request.headers.authorization ?? "");
    if (typeof result === "string") call.outcome = result;
    if (fault.drops === "after") return void request.socket.destroy();
    const body = typeof result === "string" ? { ok: false, error: result } : { ok: true, ...result };
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  }

  /** Refuses the method for so many seconds, but for what the timers of two processes may differ by. */
  #rest(method: string, seconds: number): void {
    if (seconds === 0) return;
    this.#resting.add(method);
    setTimeout(() => this.#resting.delete(method), 1000 * seconds - 10).unref();
  }

  #result(method: string, given: Arguments, authorization: string): Record<string, unknown> | string {
    const token = authorization.replace(/^Bearer /, "");
    if (method === OPEN) {
      return token === this.tokens.app ? { url: `${this.url.replace("http", "ws")}/socket` } : "invalid_auth";
    }
    const known = this.unknown.has(method) ? undefined : METHODS[method];
    if (known === undefined) return "unknown_method";
    if (token !== this.tokens.bot) return "token_revoked";
    const granted: readonly string[] = manifest.oauth_config.scopes.bot;
    if (known.scopes.length > 0 && !known.scopes.some((scope) => granted.includes(scope)))
      return "missing_scope";
    if (known.needs.some((name) => given[name] === undefined || given[name] === ""))
      return "invalid_arguments";
    return known.run(given, this);
  }
}

/** What was uploaded: as it is, or as the one part of a form. */
function fileOf(contentType = "", body: string): string {
  const [, boundary] = /^multipart\/form-data; boundary=(.*)$/.exec(contentType) ?? [];
  if (boundary === undefined) return body;
  return body.slice(body.indexOf("\r\n\r\n") + 4, body.lastIndexOf(`\r\n--${boundary}--`));
}
