/** Notes of an answer while it streams: each marker gets the sentence of its source that supports its claim best. */
import { STRONG } from "../../claim/claim-support.ts";
import type { Support } from "../../claim/support-across-languages.ts";
import type { Citation, Source } from "../../protocol.ts";
import type { AnswerRequest } from "../answerer.ts";
import type { StreamNote } from "../citation-stream/citation-stream.ts";
import { isVerbatim, makeCitation } from "../citations.ts";

/** Notes that wait to be made; each holds its claim. Past it the text waits for them. */
const MOST_WAITING = 32;

export class NoteMaker {
  /** In the order of their markers in the text; claims are offsets in the model's text. */
  readonly citations: Citation[] = [];
  readonly #request: AnswerRequest;
  readonly #support: Support;
  readonly #signal: AbortSignal;
  readonly #onNote: (citation: Citation) => void;
  readonly #sources: ReadonlyMap<number, Source>;
  /** One after the other, so that notes keep their order; the text does not wait for them, as long as they are few. */
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #added = 0;

  constructor(
    request: AnswerRequest,
    support: Support,
    signal: AbortSignal,
    onNote: (citation: Citation) => void,
  ) {
    this.#request = request;
    this.#support = support;
    this.#signal = signal;
    this.#onNote = onNote;
    this.#sources = new Map(request.sources.map((source) => [source.marker, source]));
  }

  /** How many were added so far. */
  get added(): number {
    return this.#added;
  }

  /** Too many wait: `settled` before more are added. */
  get isFull(): boolean {
    return this.#waiting >= MOST_WAITING;
  }

  add(note: StreamNote): void {
    this.#added++;
    this.#waiting++;
    this.#last = this.#last.then(() => this.#make(note)).finally(() => this.#waiting--);
    this.#last.catch(() => {}); // `settled` tells it.
  }

  /** When all notes are made. @throws what the embedder threw */
  async settled(): Promise<void> {
    await this.#last;
  }

  async #make({ marker, claim, text }: StreamNote): Promise<void> {
    const source = this.#sources.get(marker);
    if (source === undefined) return;
    const paper = this.#request.paper(source.paper.id);
    const found = await this.#support.best(text, paper, this.#signal);
    // An abstract without a sentence to quote: the title is all that the paper says.
    const nothing = found.end <= found.start;
    const citation = makeCitation(
      {
        id: `${this.#request.messageId}-${this.citations.length + 1}`,
        marker,
        support: !nothing && found.support >= STRONG ? "strong" : "weak",
        field: nothing ? "title" : "abstract",
        claim: { start: claim.start, end: claim.end },
        quoted: nothing ? { start: 0, end: paper.title.length } : found,
      },
      paper,
    );
    // What is of the body is looked up there before the note goes out.
    if (citation.field !== "body" && !isVerbatim(citation, paper)) return;
    this.citations.push(citation);
    this.#onNote(citation);
  }
}
