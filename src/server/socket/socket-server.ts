import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { AppError } from "../../errors.ts";
import { MAX_FRAME_BYTES } from "../../protocol.ts";
import type { ClientAddress } from "../guard/client-address.ts";
import type { Guard } from "../guard/guard.ts";
import { refuseRaw, toAppError } from "../problem.ts";
import { SocketConnection } from "./socket-connection.ts";

const PATH = "/ws";

type Options = Omit<ConstructorParameters<typeof SocketConnection>[1], "address"> & {
  readonly guard: Guard;
  readonly addressOf: ClientAddress;
};

/** The door and the list of WebSocket connections. */
export class SocketServer {
  readonly #options: Options;
  readonly #connections = new Set<SocketConnection>();
  readonly #upgrader = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_FRAME_BYTES,
    // A frame in crumbs costs many times its size: these are more than any honest client makes of 64 KiB.
    maxFragments: 1024,
    maxBufferedChunks: 8192,
    // Compression costs some 300 kB a connection and gains little on frames of a few words.
    perMessageDeflate: false,
  });

  constructor(options: Options) {
    this.#options = options;
  }

  /** Connections. */
  get size(): number {
    return this.#connections.size;
  }

  /** Bytes that all clients together have yet to take. */
  get bufferedBytes(): number {
    return [...this.#connections].reduce((sum, { bufferedBytes }) => sum + bufferedBytes, 0);
  }

  /** For the `upgrade` event of an HTTP server. A request that may not come in gets an HTTP problem. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const drop = () => stream.destroy();
    stream.on("error", drop);
    try {
      this.#options.guard(request);
      checkTarget(request);
    } catch (error) {
      refuseRaw(stream, toAppError(error));
      return;
    }
    this.#upgrader.handleUpgrade(request, stream, head, (socket) => {
      stream.off("error", drop);
      const address = this.#options.addressOf(request);
      const connection = new SocketConnection(socket, { ...this.#options, address });
      this.#connections.add(connection);
      socket.once("close", () => this.#connections.delete(connection));
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#connections].map((connection) => connection.close()));
  }
}

function checkTarget({ url, headers }: IncomingMessage): void {
  const path = (url ?? "").split("?")[0] ?? "";
  if (headers.upgrade?.toLowerCase() !== "websocket") {
    throw new AppError("bad_request", "This server speaks HTTP/1.1 and, on /ws, WebSocket", {
      field: "Upgrade",
    });
  }
  if (path !== PATH)
    throw new AppError("not_found", `There is no WebSocket at ${path.slice(0, 100)}: it is at ${PATH}`);
}
