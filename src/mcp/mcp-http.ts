/** Streamable HTTP: sessions of clients, each with a server of its own, that can be resumed and ended. */
import type { IncomingMessage, ServerResponse } from "node:http";
import {
  type EventStore,
  StreamableHTTPServerTransport,
} from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import { LRUCache } from "lru-cache";
import type { Caller } from "../edge/caller.ts";
import { AppError } from "../errors.ts";
import { randomId } from "../util/strings.ts";
import { createMcpServer } from "./mcp-server.ts";
import type { McpOptions } from "./tool.ts";

/** Sessions at a time; past it the one that was silent longest is ended, as is one that is silent for so long. */
const MOST_SESSIONS = 500;
const SILENT_MS = 30 * 60_000;
/** Messages of a session that are kept for who comes back. */
const MOST_EVENTS = 500;

interface Session {
  readonly owner: string;
  readonly transport: StreamableHTTPServerTransport;
}

type Options = Omit<McpOptions, "caller">;

export class McpSessions {
  readonly #options: Options;
  readonly #sessions = new LRUCache<string, Session>({
    max: MOST_SESSIONS,
    ttl: SILENT_MS,
    updateAgeOnGet: true,
    dispose: ({ transport }) => void transport.close(),
  });

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * @param body as it was parsed; undefined where there is none
   * @throws AppError not_found for a session that is over, or another's
   */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    caller: Caller,
    body?: unknown,
  ): Promise<void> {
    const id = request.headers["mcp-session-id"];
    if (typeof id !== "string") {
      const transport = await this.#open(caller);
      return transport.handleRequest(request, response, body);
    }
    const session = this.#sessions.get(id);
    if (session === undefined || session.owner !== caller.owner)
      throw new AppError("not_found", "There is no such session: begin one with initialize");
    await session.transport.handleRequest(request, response, body);
  }

  /** A request that begins no session is refused by it, and leaves nothing. */
  async #open(caller: Caller): Promise<StreamableHTTPServerTransport> {
    const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomId,
      eventStore: new KeptEvents(),
      onsessioninitialized: (id) => void this.#sessions.set(id, { owner: caller.owner, transport }),
      onsessionclosed: (id) => void this.#sessions.delete(id),
    });
    const server = createMcpServer({ ...this.#options, caller });
    await server.connect(transport as Parameters<typeof server.connect>[0]);
    return transport;
  }
}

/** The newest messages of a session, by number, for a client whose stream was cut. */
class KeptEvents implements EventStore {
  readonly #events = new Map<string, { streamId: string; message: JSONRPCMessage }>();
  #next = 0;

  async storeEvent(streamId: string, message: JSONRPCMessage): Promise<string> {
    const id = `${streamId}_${this.#next++}`;
    this.#events.set(id, { streamId, message });
    const oldest = this.#events.keys().next().value;
    if (this.#events.size > MOST_EVENTS && oldest !== undefined) this.#events.delete(oldest);
    return id;
  }

  async replayEventsAfter(
    lastEventId: string,
    { send }: { send: (eventId: string, message: JSONRPCMessage) => Promise<void> },
  ): Promise<string> {
    const last = this.#events.get(lastEventId);
    if (last === undefined) return "";
    let isBehind = false;
    for (const [id, { streamId, message }] of this.#events) {
      if (isBehind && streamId === last.streamId) await send(id, message);
      isBehind ||= id === lastEventId;
    }
    return last.streamId;
  }
}
