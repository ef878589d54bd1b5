import type { Logger } from "pino";
import type { RawData, WebSocket } from "ws";
import { AppError, toProblem } from "../errors.ts";
import { ClientFrame, PROTOCOL_VERSION, RequestId } from "../protocol.ts";
import { settledWithin } from "../util/settled-within.ts";
import type { AnswerRun } from "./answer-run.ts";
import type { AnswerRuns } from "./answer-runs.ts";
import { checkSeq } from "./check-seq.ts";
import { keepAlive } from "./keep-alive.ts";
import { parse } from "./parse.ts";
import { isOurFault } from "./problem.ts";
import type { ServerLimits } from "./server-limits.ts";
import { SocketWriter } from "./socket-writer.ts";

type FrameOf<Type extends ClientFrame["type"]> = Extract<ClientFrame, { type: Type }>;

interface Options {
  readonly owner: string;
  readonly runs: AnswerRuns;
  readonly limits: ServerLimits;
  readonly logger: Logger;
}

/** Milliseconds: for the last frames to go out, and then for the peer to say goodbye. */
const LAST_FRAMES_MS = 200;
const GOODBYE_MS = 200;
/** RFC 6455: the server goes away. */
const GOING_AWAY = 1001;

/** One client: takes its frames, follows the answers it asked for. What it does wrong is answered, never fatal. */
export class SocketConnection {
  readonly #socket: WebSocket;
  readonly #options: Options;
  readonly #writer: SocketWriter;
  /** By message id: what ends the following. */
  readonly #follows = new Map<string, AbortController>();
  readonly #tasks = new Set<Promise<void>>();

  constructor(socket: WebSocket, options: Options) {
    this.#socket = socket;
    this.#options = options;
    this.#writer = new SocketWriter(socket, options.limits.stuck);
    keepAlive(socket, options.limits);
    socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    // An oversized or broken frame: ws closes with the code that says so.
    socket.on("error", (err) => options.logger.debug({ err }, "socket error"));
    socket.once("close", () => {
      for (const follow of this.#follows.values()) follow.abort();
    });
  }

  /** Sends what is left of ended answers, says goodbye, and hangs up on a peer that does not. */
  async close(): Promise<void> {
    await settledWithin(Promise.all(this.#tasks), LAST_FRAMES_MS);
    const closed = new Promise((resolve) => this.#socket.once("close", resolve));
    if (this.#socket.readyState === this.#socket.CLOSED) return;
    this.#socket.close(GOING_AWAY, "The server is shutting down");
    if (!(await settledWithin(closed, GOODBYE_MS))) this.#socket.terminate();
  }

  #receive(data: RawData, isBinary: boolean): void {
    let requestId: string | undefined;
    try {
      const raw = readFrame(data, isBinary);
      requestId = requestIdOf(raw);
      this.#handle(parse(ClientFrame, raw, "the frame"));
    } catch (error) {
      this.#complain(error, requestId);
    }
  }

  #handle(frame: ClientFrame): void {
    const { owner, runs } = this.#options;
    switch (frame.type) {
      case "hello":
        this.#writer.reply({ type: "welcome", protocol: PROTOCOL_VERSION, owner });
        break;
      case "ping":
        this.#writer.reply({ type: "pong" });
        break;
      case "cancel":
        runs.cancel(owner, frame.messageId);
        break;
      case "ask":
        this.#ask(frame);
        break;
      case "resume":
        this.#resume(frame);
    }
  }

  #ask({ type, requestId, ...body }: FrameOf<"ask">): void {
    this.#checkRoom();
    this.#follow(this.#options.runs.start(this.#options.owner, body, requestId), 0);
  }

  #resume({ messageId, afterSeq }: FrameOf<"resume">): void {
    const run = this.#options.runs.find(this.#options.owner, messageId);
    checkSeq(run, afterSeq, "afterSeq");
    if (!this.#follows.has(messageId)) this.#checkRoom();
    this.#follow(run, afterSeq);
  }

  #checkRoom(): void {
    const most = this.#options.limits.followsPerSocket;
    if (this.#follows.size < most) return;
    const fact = `This connection follows ${most} answers already`;
    throw new AppError("rate_limited", `${fact}: wait for one to end`, { retryAfter: 1 });
  }

  /** Following an answer anew, from another place, ends following it from the old one: no frame comes twice. */
  #follow(run: AnswerRun, afterSeq: number): void {
    this.#follows.get(run.messageId)?.abort();
    const follow = new AbortController();
    this.#follows.set(run.messageId, follow);
    const task = this.#sendFrames(run, afterSeq, follow.signal).finally(() => {
      if (this.#follows.get(run.messageId) === follow) this.#follows.delete(run.messageId);
      this.#tasks.delete(task);
    });
    this.#tasks.add(task);
  }

  async #sendFrames(run: AnswerRun, afterSeq: number, signal: AbortSignal): Promise<void> {
    try {
      for await (const frame of run.follow(afterSeq, signal)) await this.#writer.send(frame);
    } catch (error) {
      // It never started, so it has no message id: the client knows it by its own.
      this.#complain(error, run.requestId);
    }
  }

  #complain(error: unknown, requestId: string | undefined): void {
    if (isOurFault(error)) this.#options.logger.error({ err: error }, "frame failed");
    const { code, message, retryable } = toProblem(error).error;
    this.#writer.reply({
      type: "error",
      code,
      message,
      retryable,
      ...(requestId === undefined ? {} : { requestId }),
    });
  }
}

/** @throws AppError bad_request */
function readFrame(data: RawData, isBinary: boolean): unknown {
  if (isBinary) throw new AppError("bad_request", "The frame is binary: it takes JSON as text");
  try {
    return JSON.parse(data.toString());
  } catch {
    throw new AppError("bad_request", "The frame is not valid JSON");
  }
}

/** Of a frame that may be wrong elsewhere, so that the client can tell which request the error is about. */
function requestIdOf(raw: unknown): string | undefined {
  if (typeof raw !== "object" || raw === null || !("requestId" in raw)) return undefined;
  return RequestId.safeParse(raw.requestId).data;
}
