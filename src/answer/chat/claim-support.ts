/** How far a paper's abstract carries a claim, and which of its sentences does so best. */
import type { Embedder } from "../../embedding/embedder.ts";
import type { Paper } from "../../protocol.ts";
import { terms } from "../../retrieval/terms.ts";
import { dot } from "../../util/dot.ts";
import { type PaperSentence, PaperSentences } from "../extractive/paper-sentences.ts";
import { NamedIn, namesIn } from "./claim-names.ts";
import { carriesDenial, isNegated } from "./claim-negation.ts";
import { digitQuantities, wordQuantities } from "./claim-numbers.ts";

export const STRONG = 0.5;
export const WEAK = 0.45;
const CAP = 0.3;
const FAR_NUMBER = 0.8;
const DENIED = 0.55;
const AFFIRMED = 0.9;

export interface Evidence {
  /** UTF-16 offsets of the sentence in the abstract; both 0 where it has none. */
  readonly start: number;
  readonly end: number;
  /** In [0, 1]. */
  readonly support: number;
}

/** A claim as it is compared. */
interface Stated {
  readonly text: string;
  readonly terms: ReadonlySet<string>;
  readonly vector: Float32Array;
  readonly digits: readonly string[];
  readonly words: readonly string[];
  readonly isNegated: boolean;
}

export class ClaimSupport {
  readonly #embedder: Embedder;
  readonly #sentences: PaperSentences;
  readonly #idf: (term: string) => number;

  constructor(embedder: Embedder, idf: (term: string) => number) {
    this.#embedder = embedder;
    this.#sentences = new PaperSentences(embedder);
    this.#idf = idf;
  }

  async best(claim: string, paper: Paper, signal?: AbortSignal): Promise<Evidence> {
    const [vector] = await this.#embedder.embed([claim], "passage", signal);
    const [sentences = []] = await this.#sentences.of([paper], signal);
    const stated: Stated = {
      text: claim,
      terms: new Set(terms(claim)),
      vector: vector ?? new Float32Array(this.#embedder.dimension),
      digits: digitQuantities(claim),
      words: wordQuantities(claim),
      isNegated: isNegated(claim),
    };
    const title = new Set(terms(paper.title));
    let best: Evidence = { start: 0, end: 0, support: 0 };
    for (const [at, sentence] of sentences.entries()) {
      const text = paper.abstract.slice(sentence.start, sentence.end);
      const near = paper.abstract.slice(sentences[at - 1]?.start ?? 0, sentences[at + 1]?.end);
      const support = this.#similarity(stated, sentence, title) * agreement(stated, text, near);
      if (best.end === 0 || support > best.support)
        best = { start: sentence.start, end: sentence.end, support };
    }
    const most = contradicts(stated, paper, best) ? CAP : 1;
    return { ...best, support: Math.max(0, Math.min(most, best.support)) };
  }

  #similarity(claim: Stated, sentence: PaperSentence, title: ReadonlySet<string>): number {
    let covered = 0;
    let all = 0;
    for (const term of claim.terms) {
      const weight = this.#idf(term);
      all += weight;
      if (sentence.terms.has(term) || title.has(term)) covered += weight;
    }
    return ((all === 0 ? 0 : covered / all) + dot(claim.vector, sentence.vector)) / 2;
  }
}

function agreement(claim: Stated, sentence: string, near: string): number {
  const numbers = quantitiesOf(near);
  const far = claim.digits.some((number) => !numbers.has(number)) ? FAR_NUMBER : 1;
  if (claim.isNegated) return carriesDenial(sentence) ? far : far * DENIED;
  return isNegated(sentence) ? far * AFFIRMED : far;
}

function quantitiesOf(text: string): Set<string> {
  return new Set([...digitQuantities(text), ...wordQuantities(text)]);
}

function contradicts(claim: Stated, paper: Paper, best: Evidence): boolean {
  const source = `${paper.title}. ${paper.abstract}`;
  const numbers = quantitiesOf(source);
  if (claim.digits.some((number) => !numbers.has(number))) return true;
  const missing = claim.words.filter((number) => !numbers.has(number));
  if (missing.length > 0 && quantitiesOf(paper.abstract.slice(best.start, best.end)).size > 0) return true;
  const named = new NamedIn(source);
  return namesIn(claim.text).some((name) => !named.has(name));
}
