import type { AnswerEvent, AnswerFrame, ClientFrame, Message, ServerFrame } from "../src/protocol.ts";

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

/** The WebSocket to the server: one question at a time, taken up again without a lost or doubled word when it drops. */
export class Connection {
  readonly #onState: (connected: boolean) => void;
  #socket: WebSocket | undefined;
  #running: Running | undefined;
  #retryMs = RETRY_MS;

  constructor(onState: (connected: boolean) => void) {
    this.#onState = onState;
    this.#connect();
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

  #connect(): void {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`);
    this.#socket = socket;
    socket.onopen = () => {
      this.#retryMs = RETRY_MS;
      this.#onState(true);
      this.#takeUp();
    };
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(String(data)) as ServerFrame);
    socket.onclose = () => {
      this.#onState(false);
      setTimeout(() => this.#connect(), this.#retryMs);
      this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
    };
  }

  /** The same requestId never starts a second answer, so a question whose start was lost may be sent again. */
  #takeUp(): void {
    const running = this.#running;
    if (running?.messageId !== undefined) {
      this.#send({ type: "resume", messageId: running.messageId, afterSeq: running.seq });
    } else if (running !== undefined) this.#send(running.request);
  }

  #send(frame: ClientFrame): void {
    // Before it is open nothing need be sent: onopen takes up what runs.
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #receive(frame: ServerFrame): void {
    const running = this.#running;
    if (running === undefined) return;
    if ("seq" in frame) this.#advance(running, frame);
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
      const response = await fetch(`/api/messages/${running.messageId}`);
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
