/** BM25 (Robertson & Zaragoza 2009) over title and abstract, in an inverted index that is built once and stored. */
import { terms } from "../text/terms.ts";
import { nextTurn } from "../util/turns.ts";
import { type LexicalData, packLexical, unpackLexical } from "./lexical-format.ts";

/** Saturation of term frequency, and how much length counts: the usual 1.2 and .75 measured best (README). */
const K1 = 1.2;
const B = 0.75;
/** Documents added between two turns of the event loop: about 10 ms of work. */
const SLICE_DOCUMENTS = 64;

export class LexicalIndex {
  readonly #data: LexicalData;
  readonly #termIds: ReadonlyMap<string, number>;
  readonly #meanLength: number;

  private constructor(data: LexicalData) {
    this.#data = data;
    this.#termIds = new Map(data.terms.map((term, id) => [term, id]));
    const total = data.lengths.reduce((sum, length) => sum + length, 0);
    this.#meanLength = total / Math.max(1, data.lengths.length);
  }

  /** Document i is the i-th of `documents`. @throws DOMException AbortError */
  static async build(
    documents: readonly { title: string; abstract: string }[],
    signal?: AbortSignal,
  ): Promise<LexicalIndex> {
    const builder = new LexicalBuilder();
    for (const [at, document] of documents.entries()) {
      builder.add(document);
      if (at % SLICE_DOCUMENTS === SLICE_DOCUMENTS - 1) await nextTurn(signal);
    }
    return new LexicalIndex(builder.finish());
  }

  /** The index as `pack` wrote it, or undefined when it was written with other rules for terms, or is no index. */
  static unpack(bytes: Buffer): LexicalIndex | undefined {
    const data = unpackLexical(bytes);
    return data === undefined ? undefined : new LexicalIndex(data);
  }

  pack(): Buffer {
    return packLexical(this.#data);
  }

  get size(): number {
    return this.#data.lengths.length;
  }

  /** Whether any document has the stemmed term. */
  has(term: string): boolean {
    return this.#termIds.has(term);
  }

  /** Inverse document frequency of a stemmed term: rare terms weigh more, one that no document has the most. */
  idf(term: string): number {
    const [from, to] = this.#postings(term);
    return Math.log(1 + (this.size - (to - from) + 0.5) / (to - from + 0.5));
  }

  /**
   * For every document its BM25 as a share, in [0, 1), of the most that any document could have for this query.
   * Unlike raw BM25 it is comparable between queries: a question worded unlike every paper gets small shares
   * everywhere, so that the lexical side steps back by itself when scores are fused.
   */
  shares(query: string): Float32Array {
    const { documents, frequencies, lengths } = this.#data;
    const shares = new Float32Array(this.size);
    const asked = [...new Set(terms(query))];
    const most = asked.reduce((sum, term) => sum + this.idf(term) * (K1 + 1), 0);
    for (const term of asked) {
      const weight = (this.idf(term) * (K1 + 1)) / most;
      const [from, to] = this.#postings(term);
      for (let at = from; at < to; at++) {
        const document = documents[at] as number;
        const frequency = frequencies[at] as number;
        const length = (lengths[document] as number) / this.#meanLength;
        shares[document] =
          (shares[document] as number) + (weight * frequency) / (frequency + K1 * (1 - B + B * length));
      }
    }
    return shares;
  }

  /** Where the term's postings begin and end. */
  #postings(term: string): [from: number, to: number] {
    const id = this.#termIds.get(term);
    if (id === undefined) return [0, 0];
    return [this.#data.offsets[id] as number, this.#data.offsets[id + 1] as number];
  }
}

/** A word in the title counts as this many in the abstract. 1, 2 and 3 measured: 3 is best on Cranfield, even elsewhere. */
const TITLE_WEIGHT = 3;
/** What a 16-bit frequency holds; saturation makes anything near it equal anyway. */
const MOST_FREQUENT = 65_535;

interface Postings {
  readonly documents: number[];
  readonly frequencies: number[];
}

export class LexicalBuilder {
  readonly #postings = new Map<string, Postings>();
  readonly #lengths: number[] = [];

  /** The next document. */
  add(document: { title: string; abstract: string }): void {
    const counts = new Map<string, number>();
    let length = 0;
    const count = (text: string, weight: number) => {
      for (const term of terms(text)) {
        counts.set(term, (counts.get(term) ?? 0) + weight);
        length += weight;
      }
    };
    count(document.title, TITLE_WEIGHT);
    count(document.abstract, 1);
    const number = this.#lengths.push(length) - 1;
    for (const [term, frequency] of counts) {
      let postings = this.#postings.get(term);
      if (postings === undefined) {
        postings = { documents: [], frequencies: [] };
        this.#postings.set(term, postings);
      }
      postings.documents.push(number);
      postings.frequencies.push(Math.min(MOST_FREQUENT, frequency));
    }
  }

  finish(): LexicalData {
    const lists = [...this.#postings.values()];
    const offsets = new Uint32Array(lists.length + 1);
    for (const [id, { documents }] of lists.entries())
      offsets[id + 1] = (offsets[id] ?? 0) + documents.length;
    const documents = new Uint32Array(offsets.at(-1) ?? 0);
    const frequencies = new Uint16Array(documents.length);
    for (const [id, list] of lists.entries()) {
      documents.set(list.documents, offsets[id]);
      frequencies.set(list.frequencies, offsets[id]);
    }
    return {
      terms: [...this.#postings.keys()],
      offsets,
      documents,
      frequencies,
      lengths: Uint32Array.from(this.#lengths),
    };
  }
}
