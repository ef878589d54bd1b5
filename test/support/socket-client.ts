import { once } from "node:events";
import { WebSocket } from "ws";
import { type AnswerFrame, ServerFrame } from "../../src/protocol.ts";

/** A WebSocket client that checks every frame against the contract and hands them out one by one. */
export class SocketClient {
  readonly raw: WebSocket;
  readonly #frames: ServerFrame[] = [];
  readonly #problems: unknown[] = [];
  #wake = () => {};

  static async open(url: string, headers: Record<string, string> = {}): Promise<SocketClient> {
    const client = new SocketClient(new WebSocket(url, { headers }));
    await once(client.raw, "open");
    return client;
  }

  private constructor(raw: WebSocket) {
    this.raw = raw;
    raw.on("message", (data) => {
      const given: unknown = JSON.parse(data.toString());
      const parsed = ServerFrame.safeParse(given);
      if (parsed.success && JSON.stringify(parsed.data).length === JSON.stringify(given).length) {
        this.#frames.push(parsed.data);
      } else {
        this.#problems.push(given);
      }
      this.#wake();
    });
    raw.on("close", () => this.#wake());
    raw.on("error", () => {});
  }

  /** An object as JSON; text and bytes as they are. */
  send(frame: object | string | Buffer): void {
    this.raw.send(typeof frame === "string" || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  /** The next frame; fails when the connection closes first or a frame breaks the contract. */
  async next(): Promise<ServerFrame> {
    while (this.#frames.length === 0) {
      if (this.#problems.length > 0)
        throw new Error(`breaks the contract: ${JSON.stringify(this.#problems)}`);
      if (this.raw.readyState === WebSocket.CLOSED) throw new Error("closed");
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#frames.shift()!;
  }

  /** The next frames of answers, up to and with the one that ends an answer, or the `count`th. */
  async answer(count = Number.POSITIVE_INFINITY): Promise<AnswerFrame[]> {
    const frames: AnswerFrame[] = [];
    while (frames.length < count) {
      const frame = await this.next();
      if (!("seq" in frame)) throw new Error(`no frame of an answer: ${JSON.stringify(frame)}`);
      frames.push(frame);
      if (["done", "aborted", "error"].includes(frame.type)) break;
    }
    return frames;
  }

  /** Frames that have come and were not taken. */
  get waiting(): number {
    return this.#frames.length + this.#problems.length;
  }

  /** The code that the server closes with. */
  async closed(): Promise<number> {
    const [code] = await once(this.raw, "close");
    return Number(code);
  }

  drop(): void {
    this.raw.terminate();
  }
}
