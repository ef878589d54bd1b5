/** The typed client of a Footnote server, for browsers and for Node ≥ 20. */

import { AnswerFollow, type Asked } from "./client/answer-follow.ts";
import { AnswerSocket, type ConnectionState, type SocketConstructor } from "./client/answer-socket.ts";
import { AdditionCalls, type CallOptions, FootnoteError, HttpCalls } from "./client/http-calls.ts";
import type {
  AnswerFrame,
  AskBody,
  BodyResponse,
  Conversation,
  ConversationResponse,
  ConversationsResponse,
  ExportFormat,
  Feedback,
  FindBody,
  FindResponse,
  MapResponse,
  Message,
  PaperChangeBody,
  PaperFilter,
  PaperOrder,
  PaperResponse,
  PapersResponse,
  Readiness,
  ReferenceFormat,
  SearchBody,
  SearchResponse,
  SuggestionsResponse,
} from "./protocol.ts";

export type { ConnectionState, SocketConstructor, SocketLike } from "./client/answer-socket.ts";
export type { CallOptions } from "./client/http-calls.ts";
export { FootnoteError } from "./client/http-calls.ts";

/** The status of a server that is not ready. */
const NOT_READY = 503;
/** Milliseconds; a search may take the server 30 s. */
const CALL_TIMEOUT_MS = 35_000;
/** Milliseconds: as long as the server keeps the frames of an answer. */
const PATIENCE_MS = 5 * 60_000;

export interface ClientOptions {
  /** Of the server: `http://127.0.0.1:3000`. */
  readonly url: string;
  /** The key, where the server asks for one; a function is asked at every call. */
  readonly token?: string | (() => string | undefined) | undefined;
  /** Absent: the global one, which Node has from 22 on. The package `ws` has one that fits. */
  readonly WebSocket?: SocketConstructor | undefined;
  /** Milliseconds that a call over HTTP may take. */
  readonly timeout?: number | undefined;
  /** Milliseconds that an answer is waited for without a connection. */
  readonly patience?: number | undefined;
  readonly onState?: ((state: ConnectionState) => void) | undefined;
}

interface PageOptions extends CallOptions {
  readonly query?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

interface PapersOptions extends PageOptions {
  readonly filter?: PaperFilter | undefined;
  /** The source that they came from. */
  readonly corpus?: string | undefined;
  readonly sort?: PaperOrder | undefined;
  /** What the papers found could be narrowed by is told too. */
  readonly facets?: boolean | undefined;
}

/** Every method rejects with a FootnoteError, or with the reason of the signal that gave it up. */
export class FootnoteClient {
  readonly #http: HttpCalls;
  readonly #socket: AnswerSocket;
  /** Adds papers, for admins. */
  readonly additions: AdditionCalls;

  constructor(options: ClientOptions) {
    const { token, timeout = CALL_TIMEOUT_MS, patience = PATIENCE_MS, onState = () => undefined } = options;
    const url = options.url.replace(/\/+$/, "");
    const keyed = { token: typeof token === "function" ? token : () => token };
    this.#http = new HttpCalls({ ...keyed, url, timeout });
    this.additions = new AdditionCalls(this.#http);
    this.#socket = new AnswerSocket({
      ...keyed,
      url: `${url.replace(/^http/, "ws")}/ws`,
      WebSocket: options.WebSocket ?? globalSocket(),
      patience,
      onState,
      onGone: (follow, error) => void this.#fetchInstead(follow, error),
    });
  }

  /** Opens the connection for questions and keeps it open; without it, it is open while there are answers to follow. */
  connect(): void {
    this.#socket.hold();
  }

  /** Ends the connection; who reads an answer gets an error. Answers keep running on the server. */
  close(): void {
    this.#socket.close();
  }

  /**
   * The frames of one answer, each once and in order, also when the connection is cut in between; the last is done,
   * aborted or error. All answers share one connection. Aborting `signal` stops the answer, whose last frame is then
   * `aborted`, or, where no connection has brought its first, rejects with the signal's reason; leaving the loop only
   * stops reading.
   * @throws FootnoteError when the question is refused before its first frame, or the server is out of reach too long
   */
  ask(question: AskBody, options: CallOptions = {}): AsyncGenerator<AnswerFrame, void> {
    return this.#follow({ ask: { ...question, type: "ask", requestId: newRequestId() } }, options);
  }

  /**
   * The frames of an answer that was asked for before, from the first on; where they are gone, the stored message as
   * one last frame. @throws FootnoteError not_found, resume_unavailable (nothing was written of it)
   */
  resume(messageId: string, options: CallOptions = {}): AsyncGenerator<AnswerFrame, void> {
    return this.#follow({ messageId, requestId: newRequestId() }, options);
  }

  search(
    body: Partial<SearchBody> & Pick<SearchBody, "query">,
    options: CallOptions = {},
  ): Promise<SearchResponse> {
    return this.#http.send("POST", "/api/search", body, options);
  }

  /** Where a sentence was read. */
  find(body: Partial<FindBody> & Pick<FindBody, "text">, options: CallOptions = {}): Promise<FindResponse> {
    return this.#http.send("POST", "/api/find", body, options);
  }

  readiness(options: CallOptions = {}): Promise<Readiness> {
    return this.#http.get("/ready", {}, { ...options, also: [NOT_READY] });
  }

  async suggestions(options: CallOptions = {}): Promise<string[]> {
    const { suggestions } = await this.#http.get<SuggestionsResponse>("/api/suggestions", {}, options);
    return suggestions;
  }

  papers({ signal, filter = {}, facets, ...asked }: PapersOptions = {}): Promise<PapersResponse> {
    const { tags, authors, ...others } = filter;
    const told = { ...asked, ...others, tag: tags, author: authors, facets: facets ? "true" : undefined };
    return this.#http.get("/api/papers", told, { signal });
  }

  /** The references to some papers as one document. */
  citations(
    paperIds: readonly string[],
    format: ReferenceFormat,
    options: CallOptions = {},
  ): Promise<string> {
    return this.#http.textOf("POST", "/api/citations", { paperIds, format }, options);
  }

  paper(id: string, options: CallOptions = {}): Promise<PaperResponse> {
    return this.#http.get(`/api/papers/${encodeURIComponent(id)}`, {}, options);
  }

  /** A part of the text below a paper's abstract, of MAX_BODY_SPAN letters at most; without a span its beginning. */
  body(
    id: string,
    { start, end, ...options }: CallOptions & { start?: number; end?: number } = {},
  ): Promise<BodyResponse> {
    return this.#http.get(`/api/papers/${encodeURIComponent(id)}/body`, { start, end }, options);
  }

  /** Gives a paper tags or takes them away, for admins. */
  tagPaper(id: string, change: PaperChangeBody, options: CallOptions = {}): Promise<PaperResponse> {
    return this.#http.send("PATCH", `/api/papers/${encodeURIComponent(id)}`, change, options);
  }

  /** Removes a paper from the corpus, for admins; answers that cite it keep their notes. */
  removePaper(id: string, options: CallOptions = {}): Promise<void> {
    return this.#http.tell("DELETE", `/api/papers/${encodeURIComponent(id)}`, undefined, options);
  }

  /** Rejects with `indexing` while the map is being drawn: it may be asked for again a second later. */
  map(options: CallOptions = {}): Promise<MapResponse> {
    return this.#http.get("/api/map", {}, options);
  }

  citation(id: string, format: ReferenceFormat, options: CallOptions = {}): Promise<string> {
    return this.#http.text(`/api/papers/${encodeURIComponent(id)}/citation`, { format }, options);
  }

  conversations({ query, limit, cursor, ...options }: PageOptions = {}): Promise<ConversationsResponse> {
    return this.#http.get("/api/conversations", { query, limit, cursor }, options);
  }

  conversation(
    id: string,
    { limit, cursor, ...options }: Omit<PageOptions, "query"> = {},
  ): Promise<ConversationResponse> {
    return this.#http.get(`/api/conversations/${encodeURIComponent(id)}`, { limit, cursor }, options);
  }

  rename(id: string, title: string, options: CallOptions = {}): Promise<Conversation> {
    return this.#http.send("PATCH", `/api/conversations/${encodeURIComponent(id)}`, { title }, options);
  }

  remove(id: string, options: CallOptions = {}): Promise<void> {
    return this.#http.tell("DELETE", `/api/conversations/${encodeURIComponent(id)}`, undefined, options);
  }

  restore(id: string, options: CallOptions = {}): Promise<Conversation> {
    return this.#http.send(
      "POST",
      `/api/conversations/${encodeURIComponent(id)}/restore`,
      undefined,
      options,
    );
  }

  exportConversation(id: string, format: ExportFormat, options: CallOptions = {}): Promise<string> {
    return this.#http.text(`/api/conversations/${encodeURIComponent(id)}/export`, { format }, options);
  }

  message(id: string, options: CallOptions = {}): Promise<Message> {
    return this.#http.get(`/api/messages/${encodeURIComponent(id)}`, {}, options);
  }

  giveFeedback(messageId: string, feedback: Feedback, options: CallOptions = {}): Promise<void> {
    return this.#http.tell(
      "POST",
      `/api/messages/${encodeURIComponent(messageId)}/feedback`,
      feedback,
      options,
    );
  }

  async *#follow(asked: Asked, { signal }: CallOptions): AsyncGenerator<AnswerFrame, void> {
    const follow = new AnswerFollow(asked, signal);
    const cancel = () => this.#socket.cancel(follow);
    signal?.throwIfAborted();
    signal?.addEventListener("abort", cancel);
    this.#socket.follow(follow);
    try {
      for await (const frame of follow.frames()) {
        // Asked to stop before the answer had a name, or while there was no connection.
        if (signal?.aborted && !follow.over) cancel();
        yield frame;
      }
    } finally {
      signal?.removeEventListener("abort", cancel);
      this.#socket.release(follow);
    }
  }

  async #fetchInstead(follow: AnswerFollow, gone: FootnoteError): Promise<void> {
    try {
      const { answer, cut } = await this.message(follow.messageId ?? "");
      if (answer === undefined) follow.fail(gone);
      else follow.finish({ type: cut ? "aborted" : "done", answer });
    } catch (error) {
      follow.fail(error);
    }
  }
}

/** 128 random bits; crypto.randomUUID is missing where a page comes by http from another machine. */
function newRequestId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

function globalSocket(): SocketConstructor {
  const { WebSocket } = globalThis as { WebSocket?: SocketConstructor };
  if (WebSocket !== undefined) return WebSocket;
  throw new FootnoteError("unreachable", "There is no WebSocket here: give the one of the package ws", {
    retryable: false,
  });
}
