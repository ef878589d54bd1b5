import { type Claim, ClaimTracker } from "./citation-stream-claim.ts";

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
