import { WebSocket } from "ws";
import type { SocketLike } from "../../src/client.ts";

type Listener = (event: { data: unknown }) => void;

/** Sockets of which each is cut, without a goodbye, once it has brought `frames` frames after the welcome. */
export function cuttingSocket(frames: number) {
  return class CuttingSocket implements SocketLike {
    static opened = 0;
    readonly #socket: WebSocket;
    #left = frames + 1;

    constructor(url: string) {
      CuttingSocket.opened += 1;
      this.#socket = new WebSocket(url);
    }

    get readyState(): number {
      return this.#socket.readyState;
    }

    send(data: string): void {
      this.#socket.send(data);
    }

    close(): void {
      this.#socket.close();
    }

    addEventListener(type: "message" | "open" | "close" | "error", listener: Listener | (() => void)): void {
      if (type !== "message") this.#socket.addEventListener(type, listener as () => void);
      else this.#cut(listener);
    }

    #cut(listener: Listener): void {
      this.#socket.addEventListener("message", (event) => {
        if (this.#left === 0) return;
        this.#left -= 1;
        listener(event);
        if (this.#left === 0) this.#socket.terminate();
      });
    }
  };
}
