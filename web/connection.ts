import type { AnswerEvent, AnswerFrame, ClientFrame, Message, ServerFrame } from "../src/protocol.ts";
import { sessionKey, withKey } from "./session-key.ts";

/** Milliseconds before the first try to connect again; doubled each time up to the second figure. */
const RETRY_MS = 250;
const LONGEST_RETRY_MS = 5000;

interface Running {
  readonly request: Extract<ClientFrame, { type: "ask" }>;
  readonly onEvent: (event: AnswerEvent) => void;
  messageId?: string;
  seq: number;
  stopped: boolean;
}

interface Listener {
  onState(connected: boolean): void;
  /** The server knows who asks. */
  onWelcome(owner: string): void;
  /** The server asks for a key, or for another one: nothing is sent until `connect`. */
  onLocked(problem: string): void;
}

/** The WebSocket to the server: one question at a time, taken up again without a lost or doubled word when it drops. */
export class Connection {
  readonly #listener: Listener;
  #socket: WebSocket | undefined;
  #welcomed = false;
  #running: Running | undefined;
  #retryMs = RETRY_MS;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  /** `onEvent` gets every event once, in order, and last of all done, aborted or error. */
  ask(question: string, conversationId: string | undefined, onEvent: (event: AnswerEvent) => void): void {
    const requestId = randomHex();
    const request = {
      type: "ask",
      requestId,
      question,
      ...(conversationId ? { conversationId } : {}),
    } as const;
    this.#running = { request, onEvent, seq: 0, stopped: false };
    this.#send(request);
  }

  stop(): void {
    const { messageId } = this.#running ?? {};
    if (this.#running !== undefined) this.#running.stopped = true;
    if (messageId !== undefined) this.#send({ type: "cancel", messageId });
  }

  /** Opens it, with the key of the session if there is one, and again whenever it drops. */
  connect(): void {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`);
    this.#socket = socket;
    const token = sessionKey();
    socket.onopen = () => {
      const hello = { type: "hello", protocol: 1, ...(token === undefined ? {} : { token }) } as const;
      socket.send(JSON.stringify(hello));
    };
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(String(data)) as ServerFrame);
    socket.onclose = () => {
      this.#welcomed = false;
      this.#listener.onState(false);
      setTimeout(() => this.connect(), this.#retryMs);
      this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
    };
  }

  /** Ends it, and whatever was asked. */
  disconnect(): void {
    this.#running = undefined;
    this.#welcomed = false;
    if (this.#socket === undefined) return;
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
    this.#socket.close();
    this.#socket = undefined;
  }

  #welcome(owner: string): void {
    this.#welcomed = true;
    this.#retryMs = RETRY_MS;
    this.#listener.onState(true);
    this.#listener.onWelcome(owner);
    this.#takeUp();
  }

  #lock(message: string): void {
    const tried = sessionKey() !== undefined;
    this.disconnect();
    this.#listener.onLocked(tried ? message : "");
  }

  /** The same requestId never starts a second answer, so a question whose start was lost may be sent again. */
  #takeUp(): void {
    const running = this.#running;
    if (running?.messageId !== undefined) {
      this.#send({ type: "resume", messageId: running.messageId, afterSeq: running.seq });
    } else if (running !== undefined) this.#send(running.request);
  }

  #send(frame: ClientFrame): void {
    // Before the welcome nothing need be sent: it takes up what runs.
    if (this.#welcomed && this.#socket?.readyState === WebSocket.OPEN)
      this.#socket.send(JSON.stringify(frame));
  }

  #receive(frame: ServerFrame): void {
    const running = this.#running;
    if (frame.type === "welcome") this.#welcome(frame.owner);
    else if (frame.type === "error" && frame.code === "unauthorized") this.#lock(frame.message);
    else if (running === undefined) return;
    else if ("seq" in frame) this.#advance(running, frame);
    else if (frame.type !== "error") return;
    else if (frame.requestId === running.request.requestId) this.#end(running, frame);
    // Without a requestId it is about a resume: the frames are gone, and perhaps the message.
    else if (frame.requestId === undefined && running.messageId !== undefined)
      void this.#fetchMessage(running);
  }

  #advance(running: Running, frame: AnswerFrame): void {
    if (frame.type === "start" && frame.requestId === running.request.requestId)
      running.messageId = frame.messageId;
    if (frame.messageId !== running.messageId || frame.seq <= running.seq) return;
    running.seq = frame.seq;
    if (frame.type === "start" && running.stopped) this.stop();
    if (frame.type === "done" || frame.type === "aborted" || frame.type === "error")
      this.#end(running, frame);
    else running.onEvent(frame);
  }

  /** The frames are gone after some minutes; the message is kept. */
  async #fetchMessage(running: Running): Promise<void> {
    try {
      const response = await fetch(`/api/messages/${running.messageId}`, { headers: withKey() });
      const { answer } = (await response.json()) as Message;
      if (answer === undefined) throw new Error("no answer");
      this.#end(running, { type: "done", answer });
    } catch {
      const message = "The connection was lost, and the answer with it.";
      this.#end(running, { type: "error", code: "resume_unavailable", message, retryable: true });
    }
  }

  #end(running: Running, event: AnswerEvent): void {
    if (this.#running === running) this.#running = undefined;
    running.onEvent(event);
  }
}

/** 128 random bits; crypto.randomUUID is missing where the page comes by http from another machine. */
function randomHex(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
