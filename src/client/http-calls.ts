import type { ErrorCode } from "../errors.ts";
import type { Addition, AdditionsResponse, Problem } from "../protocol.ts";
import { anySignal } from "../util/abort.ts";

interface Call extends CallOptions {
  /** Statuses that are no failure, beside those that never are. */
  readonly also?: readonly number[];
}

export interface CallOptions {
  /** Gives the call up; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

interface Options {
  readonly url: string;
  readonly token: () => string | undefined;
  /** Milliseconds for a whole call. */
  readonly timeout: number;
}

/** Of a list each value is given. */
type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** Calls of the HTTP interface, whose failures are FootnoteErrors. */
export class HttpCalls {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async get<Result>(path: string, query: Query, options: Call): Promise<Result> {
    return (await this.#send("GET", path + search(query), undefined, options)).json() as Promise<Result>;
  }

  async text(path: string, query: Query, options: CallOptions): Promise<string> {
    return (await this.#send("GET", path + search(query), undefined, options)).text();
  }

  async textOf(method: string, path: string, body: unknown, options: CallOptions): Promise<string> {
    return (await this.#send(method, path, body, options)).text();
  }

  async send<Result>(method: string, path: string, body: unknown, options: CallOptions): Promise<Result> {
    return (await this.#send(method, path, body, options)).json() as Promise<Result>;
  }

  /** Sends bytes as they are; without a limit of time, for they take what the way to the server takes. */
  async upload<Result>(path: string, query: Query, content: Blob, options: CallOptions): Promise<Result> {
    return (await this.#send("POST", path + search(query), content, options)).json() as Promise<Result>;
  }

  /** A call that answers nothing. */
  async tell(method: string, path: string, body: unknown, options: CallOptions): Promise<void> {
    await this.#send(method, path, body, options);
  }

  async #send(method: string, path: string, body: unknown, { signal, also = [] }: Call): Promise<Response> {
    const { url, timeout } = this.#options;
    const isBytes = body instanceof Blob;
    const late = isBytes ? undefined : AbortSignal.timeout(timeout);
    try {
      const response = await fetch(url + path, {
        method,
        headers: this.#headers(body !== undefined && !isBytes),
        signal: anySignal(signal, late),
        ...(body === undefined ? {} : { body: isBytes ? body : JSON.stringify(body) }),
      });
      if (!response.ok && !also.includes(response.status)) throw await toError(response);
      return response;
    } catch (error) {
      if (error instanceof FootnoteError || signal?.aborted) throw error;
      if (late?.aborted) {
        throw new FootnoteError("timeout", `The server did not answer within ${timeout / 1000} seconds`, {
          retryable: true,
        });
      }
      throw new FootnoteError("unreachable", "The server cannot be reached", {
        retryable: true,
        cause: error,
      });
    }
  }

  #headers(hasBody: boolean): Record<string, string> {
    const token = this.#options.token();
    return {
      ...(hasBody ? { "Content-Type": "application/json" } : {}),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    };
  }
}

function search(query: Query): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== "") given.append(name, String(one));
    }
  }
  return given.size === 0 ? "" : `?${given}`;
}

async function toError(response: Response): Promise<FootnoteError> {
  const problem = (await response.json().catch(() => undefined)) as Problem | undefined;
  if (typeof problem?.error?.code !== "string") {
    return new FootnoteError("unreachable", `The server answered ${response.status}`, { retryable: true });
  }
  const { code, message, retryable, field } = problem.error;
  return new FootnoteError(code, message, { retryable, field });
}

/**
 * What went wrong with a call: a code of the server's, or one of the way there: `unreachable` (no connection, or no
 * answer of Footnote's), `timeout` (nothing came within the limit).
 */
type ClientErrorCode = ErrorCode | "unreachable" | "timeout";

/** The message is for people. `retryable` tells whether the same call may succeed later. */
export class FootnoteError extends Error {
  override readonly name = "FootnoteError";
  readonly code: ClientErrorCode;
  readonly retryable: boolean;
  /** The input field that is wrong. */
  readonly field: string | undefined;

  constructor(
    code: ClientErrorCode,
    message: string,
    options: { retryable: boolean; field?: string | undefined; cause?: unknown },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable;
    this.field = options.field;
  }
}

/** Adds papers to the corpus of a server, for admins: send files, look at the preview, start; see `/api/ingest`. */
export class AdditionCalls {
  readonly #http: HttpCalls;

  constructor(http: HttpCalls) {
    this.#http = http;
  }

  /** The newest first. */
  async list(options: CallOptions = {}): Promise<Addition[]> {
    return (await this.#http.get<AdditionsResponse>("/api/ingest", {}, options)).additions;
  }

  get(id: string, options: CallOptions = {}): Promise<Addition> {
    return this.#http.get(`/api/ingest/${encodeURIComponent(id)}`, {}, options);
  }

  /** @param text pasted references or ids, if any */
  open(text?: string, options: CallOptions = {}): Promise<Addition> {
    return this.#http.send("POST", "/api/ingest", text === undefined ? {} : { text }, options);
  }

  /** Takes as long as the file needs. @param name with its folders, if it was dropped with any */
  addFile(id: string, name: string, content: Blob, options: CallOptions = {}): Promise<Addition> {
    return this.#http.upload(`/api/ingest/${encodeURIComponent(id)}/files`, { name }, content, options);
  }

  preview(id: string, options: CallOptions = {}): Promise<Addition> {
    return this.#step(id, "preview", options);
  }

  start(id: string, options: CallOptions = {}): Promise<Addition> {
    return this.#step(id, "start", options);
  }

  cancel(id: string, options: CallOptions = {}): Promise<Addition> {
    return this.#step(id, "cancel", options);
  }

  undo(id: string, options: CallOptions = {}): Promise<Addition> {
    return this.#step(id, "undo", options);
  }

  #step(id: string, step: string, options: CallOptions): Promise<Addition> {
    return this.#http.send("POST", `/api/ingest/${encodeURIComponent(id)}/${step}`, undefined, options);
  }
}
