import type { RawData, WebSocket } from "ws";
import { tooMuch } from "../../edge/rate-limiter.ts";
import { AppError } from "../../errors.ts";
import { type AnswerFrame, type ClientFrame, RequestId, type ServerFrame } from "../../protocol.ts";
import { type AnswerRun, checkSeq } from "../answers/answer-run.ts";
import type { AnswerRuns } from "../answers/answer-runs.ts";
import type { Principal } from "../guard/identity.ts";

type RequestFrame = Exclude<ClientFrame, { type: "hello" }>;
type FrameOf<Type extends ClientFrame["type"]> = Extract<ClientFrame, { type: Type }>;

/** Messages that one client has looked up at a time; past it what it sends would be kept in memory. */
const MOST_LOOKUPS = 200;

interface SessionOptions {
  readonly principal: Principal;
  readonly runs: AnswerRuns;
  readonly subscriptions: Subscriptions;
  /** Sends a reply to a single frame. */
  readonly reply: (frame: ServerFrame) => void;
}

/** The requests of an authenticated client. */
export class SocketSession {
  readonly principal: Principal;
  readonly #options: SessionOptions;
  #lookups = 0;

  constructor(options: SessionOptions) {
    this.principal = options.principal;
    this.#options = options;
  }

  /** What has to be looked up first resolves later. @throws AppError, then as well */
  handle(frame: RequestFrame): Promise<void> | undefined {
    switch (frame.type) {
      case "ping":
        this.#options.reply({ type: "pong" });
        return;
      case "cancel":
        return this.#lookUp(() => this.#options.runs.cancel(this.principal.owner, frame.messageId));
      case "ask":
        this.#ask(frame);
        return;
      case "resume":
        return this.#lookUp(() => this.#resume(frame));
    }
  }

  async #lookUp(work: () => Promise<void>): Promise<void> {
    if (this.#lookups >= MOST_LOOKUPS) throw tooMuch(`This connection waits for ${MOST_LOOKUPS} messages`, 1);
    this.#lookups += 1;
    await work().finally(() => {
      this.#lookups -= 1;
    });
  }

  #ask({ type, requestId, ...body }: FrameOf<"ask">): void {
    const { runs, subscriptions } = this.#options;
    subscriptions.requireRoom();
    subscriptions.follow(runs.start(this.principal, body, requestId), 0);
  }

  async #resume({ messageId, afterSeq }: FrameOf<"resume">): Promise<void> {
    const { runs, subscriptions } = this.#options;
    const run = await runs.find(this.principal.owner, messageId);
    checkSeq(run, afterSeq, "afterSeq");
    subscriptions.requireRoom(messageId);
    subscriptions.follow(run, afterSeq);
  }
}

/** The JSON of a frame. @throws AppError bad_request */
export function readFrame(data: RawData, isBinary: boolean): unknown {
  if (isBinary) throw new AppError("bad_request", "The frame is binary: it takes JSON as text");
  try {
    return JSON.parse(data.toString());
  } catch {
    throw new AppError("bad_request", "The frame is not valid JSON");
  }
}

/** Of a frame that may be wrong elsewhere, so that the client can tell which request the error is about. */
export function requestIdOf(raw: unknown): string | undefined {
  if (typeof raw !== "object" || raw === null || !("requestId" in raw)) return undefined;
  return RequestId.safeParse(raw.requestId).data;
}

/** Seconds: an answer takes some tenths of one, or of a language model several. */
const RETRY_AFTER_S = 1;

interface SubscriptionOptions {
  /** Answers at a time. */
  readonly most: number;
  /** Resolves when the next frame may come. */
  readonly send: (frame: AnswerFrame) => Promise<void>;
  /** Called with each answer for which there is no room. */
  readonly onFull: () => void;
  /** An answer that never started. */
  readonly onFail: (error: unknown, run: AnswerRun) => void;
}

/** The answers that one client follows. */
export class Subscriptions {
  readonly #options: SubscriptionOptions;
  /** By message id: what ends the following. */
  readonly #stops = new Map<string, AbortController>();
  readonly #tasks = new Set<Promise<void>>();

  constructor(options: SubscriptionOptions) {
    this.#options = options;
  }

  /** @throws AppError rate_limited when no more can be followed, beside those that are */
  requireRoom(messageId?: string): void {
    const { most, onFull } = this.#options;
    if (this.#stops.size < most || (messageId !== undefined && this.#stops.has(messageId))) return;
    onFull();
    throw tooMuch(`This connection follows ${most} answers already`, RETRY_AFTER_S);
  }

  /** Following an answer again, from another place, ends following it from the old one: no frame comes twice. */
  follow(run: AnswerRun, afterSeq: number): void {
    const { messageId } = run;
    this.#stops.get(messageId)?.abort();
    const stop = new AbortController();
    this.#stops.set(messageId, stop);
    const task = this.#relay(run, afterSeq, stop.signal).finally(() => {
      if (this.#stops.get(messageId) === stop) this.#stops.delete(messageId);
      this.#tasks.delete(task);
    });
    this.#tasks.add(task);
  }

  /** Resolves when every answer that is followed now has been sent to its end. */
  async settled(): Promise<void> {
    await Promise.all(this.#tasks);
  }

  end(): void {
    for (const stop of this.#stops.values()) stop.abort();
  }

  async #relay(run: AnswerRun, afterSeq: number, signal: AbortSignal): Promise<void> {
    try {
      for await (const frame of run.follow(afterSeq, signal)) await this.#options.send(frame);
    } catch (error) {
      this.#options.onFail(error, run);
    }
  }
}

/** Bytes that a client has yet to take from which on answers wait for it, and its own frames are not read. */
const HIGH_WATER = 64 * 1024;

interface WriterOptions {
  /** Milliseconds that a client may take nothing. */
  readonly stuck: number;
  /** It has taken nothing for that long. */
  readonly onStuck: () => void;
}

/**
 * Writes frames no faster than the client reads them: behind one that does not read stand HIGH_WATER bytes, one frame,
 * and the replies to what it sent in one go. A socket that has closed swallows what comes.
 */
export class SocketWriter {
  readonly #socket: WebSocket;
  readonly #options: WriterOptions;
  #turn: Promise<void> = Promise.resolve();

  constructor(socket: WebSocket, options: WriterOptions) {
    this.#socket = socket;
    this.#options = options;
  }

  /** In turn with the frames of the other answers; resolves when the next one may come. */
  send(frame: ServerFrame): Promise<void> {
    this.#turn = this.#turn.then(() => this.#write(frame));
    return this.#turn;
  }

  /** At once: short replies to single frames. While the client does not take them, it is not heard. */
  reply(frame: ServerFrame): void {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify(frame), () => {});
    if (socket.bufferedAmount > HIGH_WATER && !socket.isPaused) void this.#holdReading();
  }

  async #write(frame: ServerFrame): Promise<void> {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return;
    const taken = this.#patiently((done) => socket.send(JSON.stringify(frame), done));
    if (socket.bufferedAmount > HIGH_WATER) await taken;
  }

  async #holdReading(): Promise<void> {
    this.#socket.pause();
    // A ping stands last in what there is to take, so all of it is taken when the ping is.
    await this.#patiently((done) => this.#socket.ping(undefined, undefined, done));
    this.#socket.resume();
  }

  /** Resolves when what `write` sends has left, or never will. */
  #patiently(write: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(this.#options.onStuck, this.#options.stuck);
      write(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
