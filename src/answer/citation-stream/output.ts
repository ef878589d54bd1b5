/** The text that goes out, the claims that its markers close, and their notes. */
import { splitSentences } from "../../text/sentences.ts";
import { blocksOf } from "../audit/answer-blocks.ts";

export interface StreamNote {
  readonly marker: number;
  /** UTF-16 offsets into all the text given out; empty where the marker heads its block. */
  readonly claim: Claim;
  /** Of the claim. Shares its memory with the text since the marker before, and with no more. */
  readonly text: string;
}

export interface StreamPiece {
  readonly text: string;
  /** One for each marker in `text`, in order. */
  readonly notes: readonly StreamNote[];
}

/** The text that goes out, and the notes of its markers. */
export class StreamOutput {
  readonly #claims = new ClaimTracker();
  /** Markers since the last word. */
  readonly #adjacent = new Set<number>();
  #text: string[] = [];
  #notes: StreamNote[] = [];

  append(text: string): void {
    if (/\S/.test(text)) this.#adjacent.clear();
    this.#text.push(text);
    this.#claims.append(text);
  }

  /**
   * Writes those of the markers that do not stand there already, behind `space`.
   * @returns whether one was written
   */
  mark(space: string, markers: readonly number[]): boolean {
    const fresh = markers.filter((marker) => !this.#adjacent.has(marker));
    if (fresh.length === 0) return false;
    const { claim, text } = this.#claims.claim();
    const written = space + fresh.map((marker) => `[${marker}]`).join("");
    this.#text.push(written);
    this.#claims.mark(written, { claim, text });
    for (const marker of fresh) {
      this.#adjacent.add(marker);
      this.#notes.push({ marker, claim, text });
    }
    return true;
  }

  /** The end of the text since the last marker. */
  tail(length: number): string {
    return this.#claims.tail(length);
  }

  /** What has come since the last call. */
  take(): StreamPiece {
    const piece = { text: this.#text.join(""), notes: this.#notes };
    this.#text = [];
    this.#notes = [];
    return piece;
  }
}

interface Claim {
  /** UTF-16 offsets into the text given out. */
  readonly start: number;
  readonly end: number;
}

/** A claim with its text. */
interface Told {
  readonly claim: Claim;
  readonly text: string;
}

/** What stands between markers of one claim: "[1], [2]", "[1] and [2]", "[1]. [2]". */
const BETWEEN = /^[^\S\n]*[.,;&]?[^\S\n]*(?:and|or)?[^\S\n]*$/;
/** UTF-16 code units of the longest of these. */
const BETWEEN_LENGTH = 10;
/** The punctuation behind a marker belongs to the claim before. */
const LEAD = /^[\s.,;:!?…)\]}–—]+/;
/** What leads to the marker, "… (see [1])", is no part of the claim. Matched on the last TAIL_LENGTH code units. */
const TAIL = /(?:[\s,;:]|[([{](?:\s*(?:see|cf\.|e\.g\.,?))?)+$/;
const TAIL_LENGTH = 16;
const ENDS_SENTENCE = /[.!?…]["'”’*_)]{0,4}$/;
/** A line with nothing but the sign of a list or heading. */
const SIGN_ALONE = /^[\s>]*(?:[-*+•]|\d{1,3}[.)]|#{1,6}|>)$/;

/**
 * Finds the claim that a marker closes, in the text as it is given out: the sentence, list item or table cell that ends
 * at or right before the marker, from the marker before it on where two stand in one sentence. Looks at nothing but the
 * text since the last marker, so that the whole is linear.
 */
class ClaimTracker {
  /** Text given out since the last marker, in the pieces that it came in, and where it begins. */
  #pieces: string[] = [];
  #length = 0;
  #start = 0;
  /** What the text goes on with when it begins behind a marker. */
  #within: "line" | "row" | undefined;
  #last: Told | undefined;

  /** UTF-16 code units given out. */
  get length(): number {
    return this.#start + this.#length;
  }

  /** The end of what was given out since the last marker. Of each marker that is dropped: never reads all of it. */
  tail(length: number): string {
    let tail = "";
    for (let at = this.#pieces.length - 1; at >= 0 && tail.length < length; at--)
      tail = (this.#pieces[at] ?? "").slice(tail.length - length) + tail;
    return tail;
  }

  append(text: string): void {
    if (text === "") return;
    this.#pieces.push(text);
    this.#length += text.length;
  }

  /** The claim of a marker that would follow now; empty at the head of a block, where nothing stands before it. */
  claim(): Told {
    const none = { claim: { start: this.length, end: this.length }, text: "" };
    const between = this.#length <= BETWEEN_LENGTH && BETWEEN.test(this.#text);
    if (this.#last !== undefined && between) return this.#last;
    const block = this.#atBlockHead() ? undefined : blocksOf(this.#text, this.#within).at(-1);
    return block === undefined ? none : (this.#lastSentence(block) ?? none);
  }

  /** A group of markers of this claim, as it is given out. */
  mark(text: string, told: Told): void {
    this.#within = this.#inRow() ? "row" : "line";
    this.#start = this.length + text.length;
    this.#pieces = [];
    this.#length = 0;
    this.#last = told;
  }

  get #text(): string {
    if (this.#pieces.length > 1) this.#pieces = [this.#pieces.join("")];
    return this.#pieces[0] ?? "";
  }

  /** The line that is being written, as far as it stands behind the last marker. */
  #line(): { readonly text: string; readonly isWhole: boolean } {
    const at = this.#text.lastIndexOf("\n");
    return { text: this.#text.slice(at + 1), isWhole: at >= 0 || this.#within === undefined };
  }

  #inRow(): boolean {
    const line = this.#line();
    return line.isWhole ? line.text.trimStart().startsWith("|") : this.#within === "row";
  }

  /** Whether what follows is the first of its block: behind an empty line, a list's sign, a row's first bar. */
  #atBlockHead(): boolean {
    const line = this.#line();
    if (this.#inRow()) return !/[\p{L}\p{N}]/u.test(line.text);
    if (!line.isWhole) return false;
    if (line.text.trim() !== "") return SIGN_ALONE.test(line.text.trimEnd());
    // A marker alone on its line closes the sentence above, and heads an item of a list of sources otherwise.
    const above = this.#text.slice(0, -line.text.length - 1);
    return !ENDS_SENTENCE.test(
      above
        .slice(above.lastIndexOf("\n") + 1)
        .slice(-TAIL_LENGTH)
        .trimEnd(),
    );
  }

  #lastSentence(block: Claim): Told | undefined {
    const last = splitSentences(this.#text.slice(block.start, block.end)).at(-1);
    if (last === undefined) return undefined;
    const sentence = this.#text.slice(block.start + last.start, block.start + last.end);
    const lead = LEAD.exec(sentence)?.[0].length ?? 0;
    const tail = TAIL.exec(sentence.slice(-TAIL_LENGTH))?.[0].length ?? 0;
    if (!/[\p{L}\p{N}]/u.test(sentence.slice(lead, sentence.length - tail))) return undefined;
    const start = this.#start + block.start + last.start;
    const claim = { start: start + lead, end: start + sentence.length - tail };
    return { claim, text: sentence.slice(lead, sentence.length - tail) };
  }
}
