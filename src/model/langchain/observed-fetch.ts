/** One request to a model's server, watched: what went wrong is known from the wire, whatever a library makes of it. */
import { ModelError } from "../model-error.ts";
import { networkFault } from "../network-fault.ts";
import type { ReadingLimits } from "../reading-limits.ts";
import { statusFault } from "../status-fault.ts";
import { sameOriginFetch } from "./same-origin-fetch.ts";
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
