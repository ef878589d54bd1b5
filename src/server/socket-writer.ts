import type { WebSocket } from "ws";
import type { ServerFrame } from "../protocol.ts";

/** Bytes waiting in a socket from which on frames of answers wait for it to empty. */
const HIGH_WATER = 64 * 1024;
/** Bytes waiting at which a client that asks without reading is dropped: several of the largest answers. */
const TOO_MUCH = 8 * 1024 * 1024;

/** Writes frames no faster than the client reads them. A socket that has closed swallows what comes. */
export class SocketWriter {
  readonly #socket: WebSocket;
  readonly #stuckMs: number;
  #turn: Promise<void> = Promise.resolve();

  constructor(socket: WebSocket, stuckMs: number) {
    this.#socket = socket;
    this.#stuckMs = stuckMs;
  }

  /** In turn with the frames of the other answers; resolves when the next one may come. */
  send(frame: ServerFrame): Promise<void> {
    this.#turn = this.#turn.then(() => this.#write(frame));
    return this.#turn;
  }

  /** At once: short replies to single frames. */
  reply(frame: ServerFrame): void {
    if (this.#socket.bufferedAmount > TOO_MUCH) this.#socket.terminate();
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(JSON.stringify(frame), () => {});
  }

  #write(frame: ServerFrame): Promise<void> {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return Promise.resolve();
    return new Promise((resolve) => {
      const stuck = setTimeout(() => socket.terminate(), this.#stuckMs);
      socket.send(JSON.stringify(frame), () => {
        clearTimeout(stuck);
        resolve();
      });
      if (socket.bufferedAmount <= HIGH_WATER) resolve();
    });
  }
}
