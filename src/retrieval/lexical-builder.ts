/** Documents → postings, in the packed form that is searched and stored. */

import { terms } from "../text/terms.ts";
import type { LexicalData } from "./lexical-format.ts";

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
