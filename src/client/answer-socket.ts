import { PROTOCOL_VERSION } from "../protocol/limits.ts";
import type { ClientFrame, ServerFrame } from "../protocol.ts";
import type { AnswerFollow } from "./answer-follow.ts";
import { FootnoteError } from "./http-calls.ts";

/** Milliseconds before the first try to connect again; doubled each time up to the second figure. */
const RETRY_MS = 250;
const LONGEST_RETRY_MS = 5000;
/** Milliseconds: how often a connection that brings nothing is asked whether it is there, and when it counts as dead. */
const PING_EVERY_MS = 10_000;
const SILENCE_MS = 25_000;

/** `connected` when the server knows who asks; `refused` when it wants a key, or another one. */
export type ConnectionState =
  | { readonly kind: "closed" | "connecting" }
  | { readonly kind: "connected"; readonly owner: string; readonly admin: boolean }
  | { readonly kind: "refused"; readonly message: string };

type ConnectionProblem = Exclude<Extract<ServerFrame, { type: "error" }>, { seq: number }>;

interface Options {
  readonly url: string;
  readonly token: () => string | undefined;
  readonly WebSocket: SocketConstructor;
  /** Milliseconds without a connection after which the answers that are followed are given up. */
  readonly patience: number;
  readonly onState: (state: ConnectionState) => void;
  /** The frames of an answer are gone; its message may be there. */
  readonly onGone: (follow: AnswerFollow, error: FootnoteError) => void;
}

/** One connection for all answers that are followed; opened again as long as there is one, or it is held. */
export class AnswerSocket {
  readonly #options: Options;
  readonly #follows = new Set<AnswerFollow>();
  #socket: SocketLike | undefined;
  #state: ConnectionState = { kind: "closed" };
  #held = false;
  #retryMs = RETRY_MS;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  #lastHeard = 0;
  #lostAt: number | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Opens the connection and keeps it open, also without a question. */
  hold(): void {
    this.#held = true;
    this.#open();
  }

  follow(follow: AnswerFollow): void {
    this.#follows.add(follow);
    if (this.#state.kind === "connected") this.send(follow.request());
    else this.#open();
  }

  /** Stops an answer. Without a connection, the next one does it; a question that has no name yet ends here. */
  cancel(follow: AnswerFollow): void {
    if (this.#state.kind !== "connected") follow.withdrawIfStopped();
    else if (follow.messageId !== undefined) this.send({ type: "cancel", messageId: follow.messageId });
  }

  release(follow: AnswerFollow): void {
    this.#follows.delete(follow);
    if (!this.#isWanted() && this.#state.kind !== "refused") this.#end();
  }

  /** Before the server knows who asks nothing need be sent: the connection then takes up what runs. */
  send(frame: ClientFrame): void {
    if (this.#state.kind === "connected" && this.#socket?.readyState === OPEN) {
      this.#socket.send(JSON.stringify(frame));
    }
  }

  /** Ends the connection, and gives up what is followed. */
  close(): void {
    this.#held = false;
    this.#giveUp(new FootnoteError("unreachable", "The connection was closed", { retryable: true }));
    this.#end();
  }

  #isWanted(): boolean {
    return this.#held || this.#follows.size > 0;
  }

  #open(): void {
    if (this.#socket !== undefined) return;
    clearTimeout(this.#retry);
    this.#lostAt ??= performance.now();
    this.#become({ kind: "connecting" });
    const socket = new this.#options.WebSocket(this.#options.url);
    this.#socket = socket;
    this.#lastHeard = performance.now();
    this.#beat = setInterval(() => this.#checkLife(), PING_EVERY_MS);
    const ifCurrent = (work: () => void) => () => {
      if (this.#socket === socket) work();
    };
    socket.addEventListener(
      "open",
      ifCurrent(() => this.#hello(socket)),
    );
    socket.addEventListener("message", ({ data }) => {
      if (this.#socket === socket) this.#receive(JSON.parse(String(data)) as ServerFrame);
    });
    socket.addEventListener(
      "close",
      ifCurrent(() => this.#lost()),
    );
    // The close that follows says it.
    socket.addEventListener("error", () => {});
  }

  #hello(socket: SocketLike): void {
    const token = this.#options.token();
    const named = token === undefined ? {} : { token };
    socket.send(
      JSON.stringify({ type: "hello", protocol: PROTOCOL_VERSION, ...named } satisfies ClientFrame),
    );
  }

  #receive(frame: ServerFrame): void {
    this.#lastHeard = performance.now();
    if (frame.type === "welcome") this.#welcome(frame);
    else if ("seq" in frame) for (const follow of this.#follows) follow.take(frame);
    else if (frame.type === "error") this.#problem(frame);
  }

  #welcome({ owner, admin }: Extract<ServerFrame, { type: "welcome" }>): void {
    this.#retryMs = RETRY_MS;
    this.#lostAt = undefined;
    this.#become({ kind: "connected", owner, admin });
    for (const follow of this.#follows) if (!follow.over) this.send(follow.request());
  }

  #problem({ code, message, retryable, requestId }: ConnectionProblem): void {
    const error = new FootnoteError(code, message, { retryable });
    const follow = [...this.#follows].find((one) => one.requestId === requestId);
    if (code === "unauthorized") this.#refused(error);
    else if (code === "resume_unavailable" && follow !== undefined) this.#options.onGone(follow, error);
    else follow?.fail(error);
  }

  #refused(error: FootnoteError): void {
    this.#held = false;
    this.#giveUp(error);
    this.#end();
    this.#become({ kind: "refused", message: error.message });
  }

  #lost(): void {
    this.#drop();
    for (const follow of this.#follows) follow.withdrawIfStopped();
    this.#lostAt ??= performance.now();
    if (performance.now() - this.#lostAt > this.#options.patience) {
      this.#giveUp(new FootnoteError("unreachable", "The server cannot be reached", { retryable: true }));
    }
    if (this.#isWanted()) {
      this.#become({ kind: "connecting" });
      this.#retry = setTimeout(() => this.#open(), this.#retryMs);
      this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
    } else this.#become({ kind: "closed" });
  }

  /** Browsers do not tell of a connection that died without a goodbye. */
  #checkLife(): void {
    const silence = performance.now() - this.#lastHeard;
    if (silence >= SILENCE_MS) {
      this.#socket?.close();
      this.#lost();
    } else if (silence >= PING_EVERY_MS) this.send({ type: "ping" });
  }

  #giveUp(error: FootnoteError): void {
    for (const follow of this.#follows) follow.fail(error);
    this.#follows.clear();
  }

  #end(): void {
    const socket = this.#socket;
    clearTimeout(this.#retry);
    this.#drop();
    socket?.close();
    this.#lostAt = undefined;
    this.#become({ kind: "closed" });
  }

  #drop(): void {
    clearInterval(this.#beat);
    this.#socket = undefined;
  }

  #become(state: ConnectionState): void {
    if (state.kind === this.#state.kind) return;
    this.#state = state;
    this.#options.onState(state);
  }
}

/** What a browser's WebSocket and the one of the package `ws` have in common. */
export interface SocketLike {
  readonly readyState: number;
  send(data: string): void;
  close(): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
  addEventListener(type: "open" | "close" | "error", listener: () => void): void;
}

export type SocketConstructor = new (url: string) => SocketLike;

/** As `readyState` has it. */
const OPEN = 1;
