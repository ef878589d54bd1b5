/** Requests to a service that is kind enough to answer for nothing: few, far between, and bounded in all that comes back. */
import pLimit from "p-limit";

export interface PoliteOptions {
  readonly accept: string;
  readonly userAgent: string;
  /** Milliseconds from the end of a request to the next. */
  readonly gapMs: number;
  /** Bytes of an answer, inflated. */
  readonly mostBytes: number;
  /** Milliseconds of a request, to the last byte of its answer. */
  readonly timeoutMs: number;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Waits so many milliseconds. @throws the reason of the signal */
  readonly wait: (ms: number, signal: AbortSignal | undefined) => Promise<unknown>;
}

export interface PoliteAnswer {
  readonly status: number;
  readonly text: string;
}

/** Why there is no answer, as the end of a sentence about the service. */
export class NoAnswer extends Error {}

const MOST_REDIRECTS = 3;
/** Times that a service which is busy is asked again. */
const MOST_RETRIES = 3;
/** Milliseconds that a service may ask for until then; one that asks for more is left alone. */
const LONGEST_WAIT_MS = 60_000;
/** Milliseconds before the first of them where it does not say; twice as many each time. */
const FIRST_WAIT_MS = 3000;
/** Requests in a row without an answer, from which the service is not asked any more. */
const MOST_FAILURES = 3;

/** One service. Its requests are made one after the other, however many callers there are. */
export class PoliteClient {
  readonly #options: PoliteOptions;
  readonly #oneAtATime = pLimit(1);
  #nextAt = Number.NEGATIVE_INFINITY;
  #failures = 0;

  constructor(options: PoliteOptions) {
    this.#options = options;
  }

  /** What failed before is no reason not to ask. */
  begin(): void {
    this.#failures = 0;
  }

  /** @returns an answer of any status but those of busy services and redirects @throws NoAnswer, the signal's reason */
  get(url: URL, signal: AbortSignal | undefined): Promise<PoliteAnswer> {
    return this.#oneAtATime(async () => {
      if (this.#failures >= MOST_FAILURES) {
        throw new NoAnswer(`was not asked: it failed ${MOST_FAILURES} times in a row`);
      }
      this.#failures++;
      const answer = await this.#answer(url, signal);
      this.#failures = 0;
      return answer;
    });
  }

  async #answer(given: URL, signal: AbortSignal | undefined): Promise<PoliteAnswer> {
    let url = given;
    let redirects = 0;
    let retries = 0;
    for (;;) {
      const { status, headers, text } = await this.#send(url, signal);
      if (status === 429 || status === 503) {
        if (retries === MOST_RETRIES) throw new NoAnswer(`is busy (HTTP ${status}, ${retries + 1} times)`);
        await this.#options.wait(retryMs(headers, status, retries++), signal);
      } else if (status >= 300 && status < 400) {
        if (redirects++ === MOST_REDIRECTS) throw new NoAnswer("redirects again and again");
        url = redirected(url, headers.get("location"));
      } else return { status, text };
    }
  }

  async #send(url: URL, signal: AbortSignal | undefined) {
    const { gapMs, timeoutMs, accept, userAgent, clock, wait } = this.#options;
    if (clock() < this.#nextAt) await wait(this.#nextAt - clock(), signal);
    signal?.throwIfAborted();
    const late = AbortSignal.timeout(timeoutMs);
    const either = signal === undefined ? late : AbortSignal.any([signal, late]);
    try {
      const headers = { Accept: accept, "User-Agent": userAgent };
      const response = await fetch(url, { headers, redirect: "manual", signal: either });
      return { status: response.status, headers: response.headers, text: await this.#textOf(response) };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof NoAnswer) throw error;
      if (late.aborted) throw new NoAnswer(`gave no whole answer within ${timeoutMs / 1000} s`);
      throw new NoAnswer(reasonOf(error));
    } finally {
      this.#nextAt = clock() + gapMs;
    }
  }

  async #textOf({ body }: Response): Promise<string> {
    const { mostBytes } = this.#options;
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    // Leaving the loop closes the connection.
    for await (const piece of body ?? []) {
      bytes += piece.length;
      if (bytes > mostBytes) throw new NoAnswer(`answers with more than ${mostBytes / 1024 / 1024} MB`);
      pieces.push(piece);
    }
    return new TextDecoder().decode(Buffer.concat(pieces));
  }
}

/** @throws NoAnswer when that is longer than anyone waits */
function retryMs(headers: Headers, status: number, retries: number): number {
  const after = headers.get("retry-after")?.trim() ?? "";
  const asked = /^\d{1,9}$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.now();
  const ms = Number.isNaN(asked) ? FIRST_WAIT_MS * 2 ** retries : Math.max(0, asked);
  if (ms > LONGEST_WAIT_MS) {
    throw new NoAnswer(`is busy (HTTP ${status}): it asks to be left alone for ${Math.ceil(ms / 1000)} s`);
  }
  return ms;
}

/** Nobody but the host that was named is told what is asked for, and nothing in the clear that was not. */
function redirected(from: URL, location: string | null): URL {
  if (location === null || !URL.canParse(location, from.href)) throw new NoAnswer("redirects to nowhere");
  const to = new URL(location, from);
  const isSafe = to.protocol === from.protocol || to.protocol === "https:";
  if (to.host !== from.host || !isSafe) {
    throw new NoAnswer(`redirects to another place (${to.origin}), which is not followed`);
  }
  return to;
}

function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : { cause: undefined };
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (error instanceof Error && error.message === "terminated") return "gave an answer that is cut off";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "is not found from this machine";
  return `cannot be reached${code === "" ? "" : ` (${code})`}`;
}
