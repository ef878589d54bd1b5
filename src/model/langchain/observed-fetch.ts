/** One request to a model's server, watched: what went wrong is known from the wire, whatever a library makes of it. */
import { ModelError, type ReadingLimits } from "../chat-model.ts";
import { networkFault, statusFault } from "./faults.ts";
import { wholeEvents } from "./whole-events.ts";

interface Options {
  /** Kept out of every message. */
  readonly secret: string | undefined;
  readonly limits: Pick<ReadingLimits, "event" | "response">;
  /** What ends an event of the response; without any all of it is one. */
  readonly ends: readonly string[];
}

export class ObservedFetch {
  readonly #stop = new AbortController();
  readonly #options: Options;
  #error: ModelError | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Why the request failed, once it has. */
  get error(): ModelError | undefined {
    return this.#error;
  }

  /**
   * Given to a client library in place of `fetch`. Its own signal is not listened to: `close` ends the request, and
   * does so for this request alone (Ollama's client aborts all its requests with one).
   * @throws ModelError
   */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const { secret, ends, limits } = this.#options;
    try {
      const response = await sameOriginFetch(input, { ...init, signal: this.#stop.signal });
      // Read here: Ollama's client would print the body on standard output.
      if (!response.ok) throw await statusFault(response, secret);
      const { body, status, headers } = response;
      // Some other program's page, which the clients would take for an answer without words.
      if (/^text\/html/i.test(headers.get("content-type") ?? "")) {
        throw new ModelError("unknown-path", { detail: `HTTP ${status}: a web page` });
      }
      return body === null ? response : new Response(wholeEvents(body, ends, limits), { status, headers });
    } catch (error) {
      this.#error = error instanceof ModelError ? error : networkFault(error);
      throw this.#error;
    }
  };

  /** Closes the connection, if it is still open. */
  close(): void {
    this.#stop.abort();
  }
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
