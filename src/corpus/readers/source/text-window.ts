import { fileErrorReason } from "../../../util/files.ts";
import { decodeLine, toUtf8 } from "./decode.ts";

/** Bytes decoded at a time, at least. */
const BLOCK_BYTES = 256 * 1024;
const NEWLINE = 0x0a;

/**
 * The part of a text that is looked at, moved on over the whole: for records that are not one line each. UTF-16 and
 * Latin-1 are converted.
 */
export class TextWindow {
  /** What has been read and not been left behind. */
  text = "";
  /** The line, from 1, that `text` begins on. */
  line = 1;
  /** Why the text ends before its end. */
  fault: string | undefined;
  /** Whether nothing is behind `text`. */
  isLast = false;
  readonly notes: string[] = [];
  readonly #blocks: AsyncIterator<string>;

  constructor(bytes: AsyncIterable<Buffer>) {
    this.#blocks = this.#decoded(toUtf8(bytes, (name) => this.#tell(`is ${name}: converted`)));
  }

  /** Reads more, and says whether there was any. @throws the abort of the stream */
  async fill(): Promise<boolean> {
    if (this.isLast) return false;
    try {
      const { done, value } = await this.#blocks.next();
      if (done) this.isLast = true;
      else this.text += value;
    } catch (error) {
      if (error instanceof Error && error.name === "AbortError") throw error;
      this.isLast = true;
      this.fault = fileErrorReason(error);
    }
    return !this.isLast;
  }

  /** Leaves so many letters behind. */
  skip(letters: number): void {
    for (let at = this.text.indexOf("\n"); at >= 0 && at < letters; at = this.text.indexOf("\n", at + 1)) {
      this.line++;
    }
    this.text = this.text.slice(letters);
  }

  /** The line that a place in `text` is on. */
  lineAt(place: number): number {
    let line = this.line;
    for (let at = this.text.indexOf("\n"); at >= 0 && at < place; at = this.text.indexOf("\n", at + 1))
      line++;
    return line;
  }

  /** What has become known of the encoding since the last call. */
  takeNotes(): string[] {
    return this.notes.splice(0);
  }

  readonly #told = new Set<string>();
  #tell(note: string): void {
    if (!this.#told.has(note)) this.notes.push(note);
    this.#told.add(note);
  }

  async *#decoded(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
    let held: Buffer[] = [];
    let size = 0;
    let isFirst = true;
    const decode = (block: Buffer): string => {
      const text = this.#decodeBlock(block);
      const marked = isFirst && text.startsWith("\ufeff");
      isFirst = false;
      return marked ? text.slice(1) : text;
    };
    for await (const chunk of bytes) {
      held.push(chunk);
      size += chunk.length;
      if (size < BLOCK_BYTES) continue;
      const all = Buffer.concat(held);
      const end = blockEnd(all);
      held = [all.subarray(end)];
      size = all.length - end;
      yield decode(all.subarray(0, end));
    }
    if (size > 0) yield decode(Buffer.concat(held));
  }

  #decodeBlock(block: Buffer): string {
    const { text, as } = decodeLine(block);
    if (as === "utf-8") return text;
    // One line that is no UTF-8 says nothing about the others.
    const lines: string[] = [];
    for (let at = 0; at < block.length; ) {
      const newline = block.indexOf(NEWLINE, at);
      const end = newline < 0 ? block.length : newline + 1;
      const line = decodeLine(block.subarray(at, end));
      if (line.as === "latin-1") this.#tell("is not UTF-8 throughout: the rest is read as Latin-1");
      if (line.as === "damaged") this.#tell("holds bytes that are not UTF-8: shown as \ufffd");
      lines.push(line.text);
      at = end;
    }
    return lines.join("");
  }
}

/** Behind the last line end, or the last whole letter where there is none. */
function blockEnd(bytes: Buffer): number {
  const newline = bytes.lastIndexOf(NEWLINE);
  if (newline >= 0) return newline + 1;
  let end = bytes.length;
  // A letter of UTF-8 has up to four bytes, all but the first of the form 10xxxxxx.
  for (let back = 0; back < 4 && end > 0; back++) {
    const byte = bytes[end - 1] ?? 0;
    if (byte < 0x80) return end;
    end--;
    if (byte >= 0xc0) return end;
  }
  return bytes.length;
}
