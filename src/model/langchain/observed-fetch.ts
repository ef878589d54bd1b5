/** One request to a model's server, watched: what went wrong is known from the wire, whatever a library makes of it. */
import { ModelError, type ReadingLimits } from "../chat-model.ts";
import { beginningOf, networkFault, statusFault } from "./faults.ts";
import type { RequestForm } from "./request-form.ts";
import { streamed } from "./usual-events.ts";
import { type EventReader, wholeEvents } from "./whole-events.ts";

interface Options {
  /** Kept out of every message. */
  readonly secret: string | undefined;
  readonly limits: Pick<ReadingLimits, "event" | "response">;
  /** What ends an event of the response; without any all of it is one. */
  readonly ends: readonly string[];
  /** What the server was found to refuse; absent: the request goes as it is. */
  readonly form?: RequestForm;
  /** Makes events usual that are not; absent: they are read as they come. */
  readonly events?: EventReader;
}

/** Requests for one that is refused, each without something of the one before. */
const MOST_FORMS = 6;

export class ObservedFetch {
  readonly #stop = new AbortController();
  readonly #options: Options;
  #error: ModelError | undefined;
  #ended = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Why the request failed, once it has. */
  get error(): ModelError | undefined {
    return this.#error;
  }

  /** The server has said that it has said all, as those do that give no reason. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Given to a client library in place of `fetch`. Its own signal is not listened to: `close` ends the request, and
   * does so for this request alone (Ollama's client aborts all its requests with one).
   * @throws ModelError
   */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    try {
      const response = await this.#accepted(input, init);
      const { status, headers } = response;
      const type = headers.get("content-type") ?? "";
      // Some other program's page, which the clients would take for an answer without words.
      if (/^text\/html/i.test(type)) {
        throw new ModelError("unknown-path", { detail: `HTTP ${status}: a web page` });
      }
      if (response.body === null) return response;
      const isJson = this.#options.events !== undefined && /^application\/json/i.test(type);
      const body = isJson ? await this.#eventsOf(response.body) : response.body;
      return new Response(this.#read(body), { status, headers });
    } catch (error) {
      this.#error = error instanceof ModelError ? error : networkFault(error);
      throw this.#error;
    }
  };

  /** The answer to a request in a form that the server takes. @throws ModelError; what `fetch` throws */
  async #accepted(...[input, init]: Parameters<typeof globalThis.fetch>): Promise<Response> {
    const { secret, form } = this.#options;
    const attempt = form?.begin();
    for (let asked = 1; ; asked++) {
      const body = attempt?.body(init?.body) ?? init?.body;
      const sent = { ...init, ...(body == null ? {} : { body }), signal: this.#stop.signal };
      const response = await sameOriginFetch(input, { ...sent, headers: withoutLength(init?.headers) });
      if (response.ok) {
        attempt?.accepted();
        return response;
      }
      // Read here: Ollama's client would print the body on standard output.
      const said = await beginningOf(response);
      const fault = statusFault(response, said, secret);
      const isForm = fault.fault !== "too-long" && asked < MOST_FORMS;
      if (!isForm || attempt?.refused(init?.body, response.status, said) !== true) throw fault;
    }
  }

  #read(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const { ends, limits, events } = this.#options;
    if (events === undefined) return wholeEvents(body, ends, limits);
    return wholeEvents(body, ends, limits, (whole) => {
      this.#ended ||= events.areLast(whole);
      return events.of(whole);
    });
  }

  /** Of a server that answers with one JSON object where a stream was asked for; a stream that is called JSON as it is. */
  async #eventsOf(body: ReadableStream<Uint8Array>): Promise<ReadableStream<Uint8Array>> {
    const { secret, limits } = this.#options;
    const reader = body.getReader();
    const { read, isObject } = await readAhead(reader, limits.response);
    const events = isObject ? streamed(Buffer.concat(read).toString("utf8"), secret) : undefined;
    if (events === undefined) return continued(read, reader);
    return new Blob([events]).stream();
  }

  /** Closes the connection, if it is still open. */
  close(): void {
    this.#stop.abort();
  }
}

/** A changed body has a length of its own. */
function withoutLength(given: RequestInit["headers"]): Headers {
  const headers = new Headers(given);
  headers.delete("content-length");
  return headers;
}

type BytesReader = ReadableStreamDefaultReader<Uint8Array>;

/** All of a body that begins as a JSON object does; of any other as much as tells that. */
async function readAhead(reader: BytesReader, mostBytes: number) {
  const read: Uint8Array[] = [];
  let begins = "";
  let bytes = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    read.push(next.value);
    bytes += next.value.length;
    begins ||= Buffer.from(next.value).toString("latin1").trimStart().charAt(0);
    if ((begins !== "" && begins !== "{") || bytes > mostBytes) return { read, isObject: false };
  }
  return { read, isObject: begins === "{" };
}

/** What was read ahead, and then the rest. */
function continued(read: readonly Uint8Array[], reader: BytesReader): ReadableStream<Uint8Array> {
  const ahead = [...read];
  return new ReadableStream({
    async pull(controller) {
      const value = ahead.shift() ?? (await reader.read()).value;
      if (value === undefined) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** Those that repeat the request as it was, and those that would make it a GET without the question. */
const REPEATING = new Set([307, 308]);
const REDIRECTING = new Set([301, 302, 303, ...REPEATING]);
/** In a row. */
const MOST_REDIRECTS = 3;

/**
 * `fetch` that follows a redirect only within the origin that was asked: the body holds the question and the papers,
 * which are meant for the server that the operator named and for no other.
 * @throws ModelError (redirected); what `fetch` throws
 */
async function sameOriginFetch(
  input: Parameters<typeof globalThis.fetch>[0],
  init: RequestInit,
): Promise<Response> {
  let address = input instanceof Request ? new URL(input.url) : new URL(input);
  for (let redirects = 0; ; redirects++) {
    const asked = redirects === 0 ? input : address;
    const response = await globalThis.fetch(asked, { ...init, redirect: "manual" });
    const location = response.headers.get("location");
    if (location === null || !REDIRECTING.has(response.status)) return response;
    await response.body?.cancel();
    const repeats = REPEATING.has(response.status) || (init.method ?? "GET") === "GET";
    const next = leadsTo(location, address, { status: response.status, repeats });
    // A Request's body is read by now.
    if (redirects === MOST_REDIRECTS || input instanceof Request) {
      throw new ModelError("redirected", {
        detail: `HTTP ${response.status}, ${redirects + 1} times in a row`,
      });
    }
    address = next;
  }
}

/** @throws ModelError where that is not to be followed */
function leadsTo(
  location: string,
  from: URL,
  { status, repeats }: { readonly status: number; readonly repeats: boolean },
): URL {
  if (!URL.canParse(location, from.href)) {
    throw new ModelError("redirected", { detail: `HTTP ${status} to what is no address` });
  }
  const to = new URL(location, from);
  // Without the path, which may hold what is secret there.
  if (to.origin !== from.origin) {
    throw new ModelError("redirected", { detail: `HTTP ${status} from ${from.origin} to ${to.origin}` });
  }
  if (!repeats) {
    throw new ModelError("redirected", { detail: `HTTP ${status} to ${to.pathname}, without the question` });
  }
  return to;
}
