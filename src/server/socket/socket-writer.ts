import type { WebSocket } from "ws";
import type { ServerFrame } from "../../protocol.ts";

/** Bytes that a client has yet to take from which on answers wait for it, and its own frames are not read. */
const HIGH_WATER = 64 * 1024;

interface Options {
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
  readonly #options: Options;
  #turn: Promise<void> = Promise.resolve();

  constructor(socket: WebSocket, options: Options) {
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
