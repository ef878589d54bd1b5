/** A paper, read once: its words, names and sentences, and what other rooms read of these, kept with it in one cache. */
import { LRUCache } from "lru-cache";
import { NamedIn } from "../text/names-in.ts";
import { type SentenceSpan, splitSentences } from "../text/sentences.ts";
import { terms } from "../text/terms.ts";
import { wordsOf } from "../text/words.ts";
import { once } from "../util/waiting.ts";
import { readParts } from "./excerpt.ts";

interface Texts {
  readonly title: string;
  readonly abstract: string;
}

/** UTF-16 offsets into the abstract. */
export interface ReadSentence extends SentenceSpan {
  readonly text: string;
  /** Stemmed. */
  readonly terms: ReadonlySet<string>;
}

export class ReadPaper {
  readonly title: string;
  readonly abstract: string;
  /** Of the sentences that an embedder was asked for. */
  readonly vectors = new Map<object, readonly Float32Array[]>();
  readonly #parts = new Map<unknown, unknown>();
  readonly #titleTerms = once(() => new Set(terms(this.title)));
  readonly #sentences: () => readonly ReadSentence[];
  readonly #terms = once(
    () => new Set([...this.titleTerms, ...this.sentences.flatMap((one) => [...one.terms])]),
  );
  readonly #names = once(() => new NamedIn(`${this.title}. ${this.abstract}`));
  readonly #words = once(() => wordsOf(`${this.title} ${this.abstract}`));

  constructor(paper: Texts) {
    this.title = paper.title;
    this.abstract = paper.abstract;
    const parts = readParts(paper);
    this.#sentences = once(() => parts.flatMap((part) => sentencesOf(this.abstract, part)));
  }

  /** Stemmed. */
  get titleTerms(): ReadonlySet<string> {
    return this.#titleTerms();
  }

  /** In the order of the abstract; a blank one has none. */
  get sentences(): readonly ReadSentence[] {
    return this.#sentences();
  }

  /** Of title and abstract, stemmed. */
  get terms(): ReadonlySet<string> {
    return this.#terms();
  }

  /** What title and abstract name. */
  get names(): NamedIn {
    return this.#names();
  }

  /** Of title and abstract, each once, unstemmed. */
  get words(): readonly string[] {
    return this.#words();
  }

  /** What that reads of it: called once, by the same function. */
  part<T>(read: (paper: ReadPaper) => T): T {
    if (!this.#parts.has(read)) this.#parts.set(read, read(this));
    return this.#parts.get(read) as T;
  }
}

/**
 * Letters of the papers kept, the least recently asked for go first: 2,000 usual abstracts, of which each takes some 50 kB
 * with its vectors of 256 dimensions. A long one takes as much more as it is longer.
 */
const KEPT_LETTERS = 3_000_000;
/** What a paper takes without a letter, in letters. */
const PAPER_LETTERS = 100;
const known = new LRUCache<Texts, ReadPaper>({
  maxSize: KEPT_LETTERS,
  // One that is longer than all may be is kept alone.
  sizeCalculation: (_, { title, abstract }) =>
    Math.min(KEPT_LETTERS, PAPER_LETTERS + title.length + abstract.length),
});

/** By the object: papers do not change, and an index hands out the same ones. */
export function readPaper(paper: Texts): ReadPaper {
  const kept = known.get(paper);
  if (kept !== undefined) return kept;
  const read = new ReadPaper(paper);
  known.set(paper, read);
  return read;
}

function sentencesOf(abstract: string, part: SentenceSpan): ReadSentence[] {
  return splitSentences(abstract.slice(part.start, part.end)).map((span) => {
    const start = part.start + span.start;
    const end = part.start + span.end;
    const text = abstract.slice(start, end);
    return { start, end, text, terms: new Set(terms(text)) };
  });
}
