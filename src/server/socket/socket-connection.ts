import type { Logger } from "pino";
import type { RawData, WebSocket } from "ws";
import { AppError, toProblem } from "../../errors.ts";
import { ClientFrame, CloseCode, PROTOCOL_VERSION } from "../../protocol.ts";
import { randomId } from "../../util/strings.ts";
import { settledWithin } from "../../util/waiting.ts";
import type { AnswerRuns } from "../answers/answer-runs.ts";
import type { Authority, Identity } from "../guard/identity.ts";
import type { ServerMetrics } from "../metrics/server-metrics.ts";
import { isOurFault, parse } from "../problem.ts";
import type { ServerLimits } from "../server-limits.ts";
import { readFrame, requestIdOf, SocketSession, SocketWriter, Subscriptions } from "./socket-session.ts";

interface Options {
  /** Of the client, as `clientAddress` gives it. */
  readonly address: string;
  readonly authority: Authority;
  readonly runs: AnswerRuns;
  readonly limits: ServerLimits;
  readonly logger: Logger;
  readonly metrics: ServerMetrics;
}

/** Milliseconds: for the last frames to go out, and then for the peer to say goodbye. */
const LAST_FRAMES_MS = 200;
const GOODBYE_MS = 200;
/** RFC 6455: the server goes away. */
const GOING_AWAY = 1001;

/**
 * One client: learns who it is, takes its frames, sends what it asked for. What it does wrong is answered, never
 * fatal; but without a key, where one is asked for, nothing is done for it.
 */
export class SocketConnection {
  readonly #id = randomId();
  readonly #socket: WebSocket;
  readonly #options: Options;
  readonly #writer: SocketWriter;
  readonly #subscriptions: Subscriptions;
  /** None until it is known who asks. */
  #session: SocketSession | undefined;

  constructor(socket: WebSocket, options: Options) {
    const { limits, metrics } = options;
    this.#socket = socket;
    this.#options = options;
    this.#writer = new SocketWriter(socket, { stuck: limits.stuck, onStuck: () => this.#dropSlow() });
    this.#subscriptions = new Subscriptions({
      most: limits.subscriptionsPerSocket,
      send: (frame) => this.#writer.send(frame),
      onFull: () => metrics.limited.increment({ limit: "connection" }),
      // It never started, so it has no message id: the client knows it by its own.
      onFail: (error, { requestId }) => this.#complain(error, requestId),
    });
    keepAlive(socket, limits, () => metrics.clientsDropped.increment({ reason: "silent" }));
    this.#listen();
    if (options.authority.asksForKey) this.#awaitHello();
    else this.#open(options.authority.identify(undefined));
  }

  /** Bytes that the client has yet to take. */
  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** Sends what is left of ended answers, says goodbye, and hangs up on a peer that does not. */
  async close(): Promise<void> {
    await settledWithin(this.#subscriptions.settled(), LAST_FRAMES_MS);
    if (this.#socket.readyState === this.#socket.CLOSED) return;
    const closed = new Promise((resolve) => this.#socket.once("close", resolve));
    closeSocket(this.#socket, {
      code: GOING_AWAY,
      reason: "The server is shutting down",
      patience: GOODBYE_MS,
    });
    if (!(await settledWithin(closed, GOODBYE_MS))) this.#socket.terminate();
  }

  #listen(): void {
    const { logger } = this.#options;
    const connectionId = this.#id;
    logger.debug({ connectionId }, "socket opened");
    this.#socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    // An oversized or broken frame: ws closes with the code that says so.
    this.#socket.on("error", (err) => logger.debug({ connectionId, err }, "socket error"));
    this.#socket.once("close", (code) => {
      this.#subscriptions.end();
      logger.debug({ connectionId, code }, "socket closed");
    });
  }

  #receive(data: RawData, isBinary: boolean): void {
    // What stood behind a frame that ended the connection.
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    let requestId: string | undefined;
    const answer = (error: unknown) => {
      const isRefusal = error instanceof AppError && error.code === "unauthorized";
      if (this.#session === undefined || isRefusal) this.#refuse(error, requestId);
      else this.#complain(error, requestId);
    };
    try {
      const raw = readFrame(data, isBinary);
      requestId = requestIdOf(raw);
      this.#handle(parse(ClientFrame, raw, "the frame"))?.catch(answer);
    } catch (error) {
      answer(error);
    }
  }

  #handle(frame: ClientFrame): Promise<void> | undefined {
    if (frame.type !== "hello" && this.#session !== undefined) return this.#session.handle(frame);
    if (frame.type === "hello") return void this.#hello(frame.token);
    throw new AppError("unauthorized", "The first frame must be a hello with an API key");
  }

  /** May come again, but not with the key of another: a connection has one owner. */
  #hello(key: string | undefined): void {
    const identity = this.#options.authority.identify(key);
    const { principal } = this.#session ?? this.#open(identity);
    const { owner, admin } = principal;
    if (owner !== identity.owner) {
      throw new AppError("unauthorized", "This connection is another owner's: open one of your own");
    }
    this.#writer.reply({ type: "welcome", protocol: PROTOCOL_VERSION, owner, admin });
  }

  #open(identity: Identity): SocketSession {
    const { address, runs } = this.#options;
    this.#session = new SocketSession({
      principal: { ...identity, address, connectionId: this.#id },
      runs,
      subscriptions: this.#subscriptions,
      reply: (frame) => this.#writer.reply(frame),
    });
    return this.#session;
  }

  #awaitHello(): void {
    const { hello } = this.#options.limits;
    const late = setTimeout(() => {
      if (this.#session !== undefined) return;
      this.#refuse(new AppError("unauthorized", `No hello with a key came within ${hello / 1000} seconds`));
    }, hello);
    this.#socket.once("close", () => clearTimeout(late));
  }

  /** For a client without a right key every fault is that. */
  #refuse(error: unknown, requestId?: string): void {
    const { code, message } = toProblem(error).error;
    const reason =
      code === "unauthorized" ? message : `The first frame must be a hello with an API key: ${message}`;
    this.#complain(new AppError("unauthorized", reason), requestId);
    this.#drop("unauthorized", { code: CloseCode.unauthorized, reason: "Unauthorized" });
  }

  #dropSlow(): void {
    this.#drop("too_slow", { code: CloseCode.tooSlow, reason: "Too slow: connect again and resume" });
  }

  #drop(reason: string, goodbye: { code: number; reason: string }): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#options.metrics.clientsDropped.increment({ reason });
    this.#subscriptions.end();
    closeSocket(this.#socket, { ...goodbye, patience: this.#options.limits.goodbye });
  }

  #complain(error: unknown, requestId: string | undefined): void {
    const { logger } = this.#options;
    const { code, message, retryable } = toProblem(error).error;
    const which = { connectionId: this.#id, requestId, code };
    if (isOurFault(error)) logger.error({ ...which, err: error }, "frame failed");
    else logger.debug(which, "frame refused");
    const named = requestId === undefined ? {} : { requestId };
    this.#writer.reply({ type: "error", code, message, retryable, ...named });
  }
}

interface Goodbye {
  readonly code: number;
  readonly reason: string;
  /** Milliseconds for the peer to take it and say goodbye too. */
  readonly patience: number;
}

/** Ends a connection with a code that says why, and cuts it when the peer does not take it. */
function closeSocket(socket: WebSocket, { code, reason, patience }: Goodbye): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.close(code, reason);
  // Its goodbye would not be read otherwise.
  socket.resume();
  const cut = setTimeout(() => socket.terminate(), patience);
  socket.once("close", () => clearTimeout(cut));
}

/**
 * Pings `socket` every `ping` ms and drops it when nothing, not even a pong, has come for `silence` ms: a cut line
 * ends no connection by itself. Ends with the socket.
 */
function keepAlive(
  socket: WebSocket,
  { ping, silence }: { ping: number; silence: number },
  onSilent: () => void,
): void {
  const pings = setInterval(() => socket.ping(), ping);
  const silent = setTimeout(() => {
    onSilent();
    socket.terminate();
  }, silence);
  const heard = () => silent.refresh();
  socket.on("message", heard).on("ping", heard).on("pong", heard);
  socket.once("close", () => {
    clearInterval(pings);
    clearTimeout(silent);
  });
}
