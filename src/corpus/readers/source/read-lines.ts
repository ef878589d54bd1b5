import { fileErrorReason } from "../../../util/files.ts";

/** Bytes; a longer line is skipped without being held. Far above any abstract with its authors. */
export const MAX_LINE_BYTES = 4 * 1024 * 1024;
const NEWLINE = 0x0a;

/** A line, counted from 1 and without its end, or why it cannot be used. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly reason: string };

/**
 * Bytes → lines of UTF-8 text that end in LF or CRLF, without a byte order mark; memory is bounded by MAX_LINE_BYTES.
 * When the bytes end in an error, the line that it cut off is a `reason` and the last.
 * @throws the abort of the stream
 */
export async function* readLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  const pending = new PendingLine();
  try {
    for await (const chunk of bytes) {
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        pending.append(chunk.subarray(start, end));
        yield pending.take();
        start = end + 1;
      }
      pending.append(chunk.subarray(start));
    }
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") throw error;
    yield { number: pending.number, reason: `cannot be read on from here: ${fileErrorReason(error)}` };
    return;
  }
  if (pending.size > 0) yield pending.take();
}

/** The line being read, in pieces as they came. */
class PendingLine {
  number = 1;
  size = 0;
  #pieces: Buffer[] = [];
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });

  append(piece: Buffer): void {
    this.size += piece.length;
    if (this.size > MAX_LINE_BYTES) this.#pieces = [];
    else if (piece.length > 0) this.#pieces.push(piece);
  }

  take(): Line {
    const line = this.#line(this.number);
    this.number++;
    this.size = 0;
    this.#pieces = [];
    return line;
  }

  #line(number: number): Line {
    if (this.size > MAX_LINE_BYTES) {
      return { number, reason: `the line has ${this.size} bytes, at most ${MAX_LINE_BYTES} are read` };
    }
    const [only = Buffer.alloc(0), ...more] = this.#pieces;
    try {
      const text = this.#decoder.decode(more.length === 0 ? only : Buffer.concat(this.#pieces));
      return { number, text: text.endsWith("\r") ? text.slice(0, -1) : text };
    } catch {
      return { number, reason: "the line is not valid UTF-8" };
    }
  }
}
