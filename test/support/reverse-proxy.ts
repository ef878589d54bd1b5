import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { onTestFinished } from "vitest";

interface Options {
  /** "/footnote": what lies elsewhere is another's. */
  readonly prefix: string;
  /** Takes the prefix away, as nginx does where `proxy_pass` ends in a slash. */
  readonly strips: boolean;
}

/** A reverse proxy, HTTP and WebSocket, that shows one server under a path; closed when the test has finished. */
export class ReverseProxy {
  /** Of the server. */
  target = "";
  /** What was asked for outside the prefix. */
  readonly strayed: string[] = [];
  /** The paths of WebSockets. */
  readonly upgraded: string[] = [];
  readonly #options: Options;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  static async start(options: Options): Promise<ReverseProxy> {
    const proxy = new ReverseProxy(options);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    onTestFinished(() => proxy.#close());
    return proxy;
  }

  private constructor(options: Options) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      const asked = this.#ask(request);
      if (asked === undefined) return void response.writeHead(404).end();
      asked.on("response", (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      asked.on("error", () => response.destroy());
      response.on("close", () => asked.destroy());
      request.pipe(asked);
    });
    this.#server.on("upgrade", (request, socket: Socket, head) => this.#upgrade(request, socket, head));
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
  }

  /** What PUBLIC_URL is to say. */
  get publicUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#options.prefix}`;
  }

  #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const asked = this.#ask(request);
    if (asked === undefined) return void socket.destroy();
    this.upgraded.push(request.url ?? "");
    asked.on("upgrade", (answer, server: Socket, first) => {
      const headers = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`);
      socket.write(["HTTP/1.1 101 Switching Protocols", ...headers, "", ""].join("\r\n"));
      server.unshift(first);
      server.on("error", () => socket.destroy()).pipe(socket);
      socket.pipe(server);
      socket.on("close", () => server.destroy());
    });
    asked.on("response", () => socket.destroy());
    asked.on("error", () => socket.destroy());
    socket.on("error", () => asked.destroy());
    socket.unshift(head);
    asked.end();
  }

  #ask({ url = "/", method, headers }: IncomingMessage) {
    const { prefix, strips } = this.#options;
    const [path = ""] = url.split("?");
    if (path !== prefix && !path.startsWith(`${prefix}/`)) {
      this.strayed.push(url);
      return undefined;
    }
    const { host, port } = new URL(this.target);
    const address = strips ? url.slice(prefix.length) : url;
    // As nginx does by itself, the server is called by its own name.
    return httpRequest({
      host: "127.0.0.1",
      port,
      method,
      path: address.startsWith("/") ? address : `/${address}`,
      headers: { ...headers, host },
    });
  }

  async #close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
