import { fileErrorReason } from "../../../util/files.ts";
import { decodeLine, toUtf8 } from "./decode.ts";

/** Bytes; a longer line is skipped without being held. Far above any abstract with its authors. */
export const MAX_LINE_BYTES = 4 * 1024 * 1024;
const NEWLINE = 0x0a;

/** A line, counted from 1 and without its end, or why it cannot be used. */
export type Line =
  | {
      readonly number: number;
      readonly text: string;
      /** What was made of its bytes, where they are not UTF-8; told once for a file. */
      readonly note?: string;
      /** Nothing ends it: the last line of a file that may be cut off. */
      readonly isOpen?: true;
    }
  | {
      readonly number: number;
      readonly reason: string;
      /** The bytes ended in an error. */
      readonly cutsOff?: true;
    };

/**
 * Bytes → lines of text that end in LF or CRLF, without a byte order mark; memory is bounded by MAX_LINE_BYTES. UTF-16
 * and Latin-1 are converted. When the bytes end in an error, the line that it cut off is a `reason` and the last.
 * @throws the abort of the stream
 */
export async function* readLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  const pending = new PendingLine();
  try {
    for await (const chunk of toUtf8(bytes, (name) => pending.tell(`is ${name}: converted`))) {
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
    const reason = `cannot be read on from here: ${fileErrorReason(error)}`;
    yield { number: pending.number, reason, cutsOff: true };
    return;
  }
  if (pending.size > 0) {
    const line = pending.take();
    yield "text" in line ? { ...line, isOpen: true } : line;
  }
}

/** The line being read, in pieces as they came. */
class PendingLine {
  number = 1;
  size = 0;
  #pieces: Buffer[] = [];
  #note: string | undefined;
  readonly #told = new Set<string>();

  append(piece: Buffer): void {
    this.size += piece.length;
    if (this.size > MAX_LINE_BYTES) this.#pieces = [];
    else if (piece.length > 0) this.#pieces.push(piece);
  }

  tell(note: string): void {
    if (!this.#told.has(note)) this.#note = note;
    this.#told.add(note);
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
    const { text, as } = decodeLine(more.length === 0 ? only : Buffer.concat(this.#pieces));
    if (as === "latin-1") this.tell("is not UTF-8 from here on: lines are read as Latin-1");
    if (as === "damaged") this.tell("holds bytes that are not UTF-8: shown as \ufffd");
    const note = this.#note;
    this.#note = undefined;
    return {
      number,
      text: text.endsWith("\r") ? text.slice(0, -1) : text,
      ...(note === undefined ? {} : { note }),
    };
  }
}
