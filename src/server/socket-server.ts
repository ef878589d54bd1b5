import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { AppError } from "../errors.ts";
import { MAX_FRAME_BYTES } from "../protocol.ts";
import type { Access } from "./access.ts";
import { ownerOf } from "./owner.ts";
import { toAppError } from "./problem.ts";
import { refuseRaw } from "./refuse-raw.ts";
import { SocketConnection } from "./socket-connection.ts";

const PATH = "/ws";

type Options = Omit<ConstructorParameters<typeof SocketConnection>[1], "owner"> & { readonly access: Access };

/** The door and the list of WebSocket connections. */
export class SocketServer {
  readonly #options: Options;
  readonly #connections = new Set<SocketConnection>();
  readonly #upgrader = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_FRAME_BYTES,
    // Compression costs some 300 kB a connection and gains little on frames of a few words.
    perMessageDeflate: false,
  });

  constructor(options: Options) {
    this.#options = options;
  }

  /** For the `upgrade` event of an HTTP server. A request that may not come in gets an HTTP problem. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const drop = () => stream.destroy();
    stream.on("error", drop);
    try {
      this.#options.access(request.headers);
      checkTarget(request);
    } catch (error) {
      refuseRaw(stream, toAppError(error));
      return;
    }
    this.#upgrader.handleUpgrade(request, stream, head, (socket) => {
      stream.off("error", drop);
      const connection = new SocketConnection(socket, { ...this.#options, owner: ownerOf(request) });
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
