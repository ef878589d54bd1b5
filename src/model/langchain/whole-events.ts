import { ModelError } from "../chat-model.ts";

interface Limits {
  /** Bytes of one event. */
  readonly event: number;
  /** Bytes of all. */
  readonly response: number;
}

/** What ends an event: of a stream of server-sent events an empty line, of one of JSON lines its line. */
export const EMPTY_LINE = ["\n\n", "\r\n\r\n", "\r\r"] as const;
export const LINE_END = ["\n"] as const;

/** Reads whole events before a client does. */
export interface EventReader {
  areLast(events: Buffer): boolean;
  of(events: Buffer): Buffer;
}

/**
 * The same bytes, cut behind ends of events alone, as far as the limits go. The clients copy or scan all that they hold
 * of an event with each piece of it, which takes quadratic time; of whole events they hold nothing.
 * @param usual makes of whole events what is read of them
 * @returns a stream that fails with ModelError (too-much) where a limit is passed
 */
export function wholeEvents(
  body: ReadableStream<Uint8Array>,
  ends: readonly string[],
  limits: Limits,
  usual: (events: Buffer) => Buffer = (events) => events,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const events = new EventCutter(ends, limits);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (let read = await reader.read(); !read.done; read = await reader.read()) {
          const whole = events.take(read.value);
          if (whole.length > 0) return controller.enqueue(usual(whole));
        }
        const rest = events.rest();
        if (rest.length > 0) controller.enqueue(usual(rest));
        controller.close();
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

class EventCutter {
  readonly #ends: readonly string[];
  readonly #limits: Limits;
  /** The beginning of an event, in the pieces that it came in. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  #bytes = 0;

  constructor(ends: readonly string[], limits: Limits) {
    this.#ends = ends;
    this.#limits = limits;
  }

  /** All up to the last end of an event; may be empty. */
  take(chunk: Uint8Array): Buffer {
    const piece = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#bytes += piece.length;
    const end = this.#endIn(piece);
    const whole = end === 0 ? Buffer.alloc(0) : Buffer.concat([...this.#held, piece.subarray(0, end)]);
    if (end > 0) this.#held = [];
    this.#heldBytes = end > 0 ? piece.length - end : this.#heldBytes + piece.length;
    if (end < piece.length) this.#held.push(piece.subarray(end));
    if (this.#heldBytes > this.#limits.event) throw tooMuch("one event", this.#limits.event);
    if (this.#bytes > this.#limits.response) throw tooMuch("an answer", this.#limits.response);
    return whole;
  }

  rest(): Buffer {
    return Buffer.concat(this.#held);
  }

  /** Where in `piece` the last event ends; 0 where none does. An end may have begun in the piece before. */
  #endIn(piece: Buffer): number {
    const before = this.#tail();
    const joined = before.length === 0 ? piece : Buffer.concat([before, piece]);
    const ends = this.#ends.map((end) => {
      const at = joined.lastIndexOf(end);
      return at < 0 ? 0 : at + end.length - before.length;
    });
    return Math.max(0, ...ends);
  }

  /** The last bytes that are held, one fewer than the longest end has. */
  #tail(): Buffer {
    const length = Math.max(...this.#ends.map((end) => end.length)) - 1;
    const tail: Buffer[] = [];
    let missing = length;
    for (let at = this.#held.length - 1; at >= 0 && missing > 0; at--) {
      const part = this.#held[at]?.subarray(-missing) ?? Buffer.alloc(0);
      tail.unshift(part);
      missing -= part.length;
    }
    return Buffer.concat(tail);
  }
}

function tooMuch(what: string, bytes: number): ModelError {
  return new ModelError("too-much", { detail: `${what} of more than ${bytes} bytes` });
}
