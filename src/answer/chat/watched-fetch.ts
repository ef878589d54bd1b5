/** One request to a model's server, watched: what went wrong is known from the wire, whatever a library makes of it. */
import { ModelError } from "./model-error.ts";
import { networkFault } from "./network-fault.ts";
import { statusFault } from "./status-fault.ts";

export class WatchedFetch {
  readonly #stop = new AbortController();
  readonly #secret: string | undefined;
  #error: ModelError | undefined;

  /** @param secret kept out of every message */
  constructor(secret: string | undefined) {
    this.#secret = secret;
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
    try {
      const response = await globalThis.fetch(input, { ...init, signal: this.#stop.signal });
      // Read here: Ollama's client would print the body on standard output.
      if (!response.ok) throw await statusFault(response, this.#secret);
      // Some other program's page, which the clients would take for an answer without words.
      if (/^text\/html/i.test(response.headers.get("content-type") ?? "")) {
        throw new ModelError("unknown-path", { detail: `HTTP ${response.status}: a web page` });
      }
      return response;
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
