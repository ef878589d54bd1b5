/** Dense and lexical ranking, fused by calibrated scores; the best papers are then re-ranked by late interaction. */
import type { PaperCatalog } from "../corpus/catalog.ts";
import type { Embedder } from "../embedding/embedder.ts";
import type { Paper } from "../protocol.ts";
import { namedPapers } from "../question/names/named-papers.ts";
import type { Question } from "../question/question.ts";
import { UNREAD } from "../reader/pair-reader.ts";
import type { Readings, ReadQuestion } from "../reader/readings.ts";
import type { VectorStore } from "../store/vectors/vector-store.ts";
import { terms } from "../text/terms.ts";
import { mean } from "../util/statistics.ts";
import { nextTurn } from "../util/turns.ts";
import type { BodyMatches, BodyPassages } from "./bodies.ts";
import { DenseRanker } from "./dense.ts";
import { embedQuestion } from "./embed-question.ts";
import { LateInteraction } from "./late-interaction.ts";
import type { LexicalIndex } from "./lexical.ts";
import type {
  RankedPaper,
  RankedPassage,
  ReadPassage,
  RelatedPaper,
  RetrievalRequest,
  Retriever,
} from "./retriever.ts";
import { scopeFilter } from "./scope.ts";
import { Spelling } from "./spelling.ts";

/**
 * A BM25 share s in [0, 1) adds LEXICAL·s² to the cosine. The square lets a paper that holds most of the question's
 * words win outright, while a few shared words hardly count. Chosen on the development questions, Cranfield and CISI
 * together, as is WORDS, the weight of late interaction (README: the table).
 */
export const LEXICAL = 4;
const WORDS = 0.8;
/**
 * Weight of the cosine of the reader's own vectors of question and paper: it finds what is asked in everyday words before
 * anything is read together. Of papers that are not read yet nothing is known, and they count as the mean.
 */
const NEAR = 1;
/**
 * What a paper gains for each unit of the reader's number, the log of its sentences' summed exponentials, as it was trained.
 * On written questions of other papers .1 to .3 are alike; it is better than the greatest (the model's card).
 */
const READER = 0.1;
/** Papers that are re-ranked, by late interaction and by the reader. 25 to 100 give the same figures; its time grows with them. */
const RERANKED = 30;
/** Of a question longer than that, in letters, far fewer: what is pasted names its paper, and each costs by its words. */
const LONG_QUESTION = 400;
const RERANKED_LONG = 8;
/**
 * What the best passage of a body counts beside the abstract of its paper, word by word: of so many passages one has most
 * words of any question by chance.
 */
const BODY = 0.5;
/** Papers whose bodies are read with the question, the first of those that have one: a passage takes some 5 ms. */
const READ_BODIES = 4;
/** Passages a paper, nearest first: enough for an answer to quote from, few enough to send. */
const PASSAGES_A_PAPER = 3;

interface Scored {
  readonly at: number;
  readonly dense: number;
  readonly lexical: number;
  readonly reader: number;
  /** Nearest first. */
  readonly passages: readonly RankedPassage[];
  /** The reader's logits of the abstract's sentences. */
  readonly sentences?: Float32Array;
  readonly body?: readonly ReadPassage[];
}

/** What may be read of a corpus besides its titles and abstracts. */
interface Reading {
  /** Absent: nothing is read together with a question. */
  readonly readings?: Readings | undefined;
  /** Absent: no paper has a body. */
  readonly bodies?: BodyPassages | undefined;
}

const total = ({ dense, lexical, reader }: Scored) => dense + lexical + reader;

export class HybridRetriever implements Retriever {
  readonly #catalog: PaperCatalog;
  readonly #papers: readonly Paper[];
  readonly #embedder: Embedder;
  readonly #vectors: VectorStore;
  readonly #dense: DenseRanker;
  readonly #lexical: LexicalIndex;
  readonly #words: LateInteraction;
  readonly #spelling: Spelling;
  readonly #readings: Readings | undefined;
  readonly #bodies: BodyPassages | undefined;

  /** @param lexical of the catalog's papers, in its order */
  constructor(
    catalog: PaperCatalog,
    vectors: VectorStore,
    lexical: LexicalIndex,
    embedder: Embedder,
    { readings, bodies }: Reading = {},
  ) {
    this.#readings = readings;
    this.#bodies = bodies;
    this.#catalog = catalog;
    this.#embedder = embedder;
    this.#papers = catalog.all();
    this.#lexical = lexical;
    this.#vectors = vectors;
    this.#dense = new DenseRanker(
      vectors,
      this.#papers.map((paper) => paper.id),
    );
    this.#words = new LateInteraction(embedder, (word) =>
      Math.max(0, ...terms(word).map((term) => lexical.idf(term))),
    );
    this.#spelling = new Spelling({
      papers: this.#papers,
      isKnown: (word) => terms(word).every((term) => lexical.has(term)),
      isWord: readings && ((word) => readings.isWord(word)),
    });
  }

  idf(term: string): number {
    return this.#lexical.idf(term);
  }

  spelled(question: Question): Promise<Question> {
    return question.spelled((text) => this.#spelling.correct(text));
  }

  async related(paperId: string, limit: number): Promise<RelatedPaper[]> {
    const own = (await this.#vectors.wholes([paperId])).get(paperId);
    if (own === undefined) return [];
    // It is nearest to itself, as a rule: another may have the same words.
    const hits = await this.#vectors.search(own, { limit: limit + 1, filter: { kind: "paper" } });
    return hits
      .map(({ item, score }) => ({ paperId: item.paperId, score }))
      .filter((near) => near.paperId !== paperId)
      .slice(0, limit);
  }

  async retrieve({ limit, scope, signal, ...request }: RetrievalRequest): Promise<RankedPaper[]> {
    const question = await this.spelled(request.question);
    const query = question.text;
    const passes = scopeFilter(this.#catalog, scope);
    const vector = await embedQuestion(this.#embedder, question, signal);
    await nextTurn(signal);
    const matches = this.#bodies?.match(query);
    const lexical = this.#lexical
      .shares(query)
      .map((share, at) => LEXICAL * Math.max(share ** 2, BODY * (matches?.best[at] ?? 0) ** 2));
    const asked = await this.#readings?.question(query);
    const near = (await asked?.cosines(this.#papers)) ?? new Float32Array(this.#papers.length);
    const others = new Float64Array(this.#papers.length);
    for (const [at, paper] of this.#papers.entries()) {
      others[at] =
        passes?.(paper) === false
          ? Number.NEGATIVE_INFINITY
          : (lexical[at] as number) + NEAR * (near[at] as number);
    }
    const reranked = query.length > LONG_QUESTION ? RERANKED_LONG : RERANKED;
    // A copy: what the store keeps for this array goes with it, while the question lives on.
    const best = await this.#dense.best(vector.slice(), others, Math.max(limit, reranked));
    const found = best.map(({ at, score, passages }) => ({
      at,
      dense: score,
      lexical: lexical[at] ?? 0,
      reader: 0,
      passages,
    }));
    const readable = await this.#withBodies(found.slice(0, reranked), matches, asked, signal);
    const first = await this.#rerank(query, readable, asked, signal);
    await nextTurn(signal);
    const ranked = this.#namedFirst(question, [...first, ...found.slice(reranked)]);
    return ranked.slice(0, limit).map((scored) => ({
      paperId: this.#papers[scored.at]?.id ?? "",
      score: total(scored),
      why: { dense: scored.dense, lexical: scored.lexical, reader: scored.reader },
      sentences: scored.sentences,
      ...(scored.body && { body: scored.body }),
      passages: scored.passages.slice(0, PASSAGES_A_PAPER),
    }));
  }

  /** With the passages of their bodies that are worth reading, read. */
  async #withBodies(
    found: readonly Scored[],
    matches: BodyMatches | undefined,
    asked: ReadQuestion | undefined,
    signal: AbortSignal | undefined,
  ): Promise<readonly Scored[]> {
    if (matches === undefined) return found;
    const chosen = new Map<Scored, RankedPassage[]>();
    for (const scored of found) {
      const passages = matches.worthReading(this.#papers[scored.at]?.id ?? "", scored.passages);
      if (passages.length > 0) chosen.set(scored, passages);
      if (chosen.size === READ_BODIES) break;
    }
    const texts = [...chosen].flatMap(([{ at }, passages]) => {
      const { id, title, revision } = this.#papers[at] as Paper;
      const body = this.#catalog.body(id)?.text ?? "";
      return passages.map(({ start, end }) => ({
        key: `${revision} ${start}-${end}`,
        title,
        abstract: body.slice(start, end),
      }));
    });
    const read = (await asked?.readTexts(texts, signal)) ?? [];
    let next = 0;
    return found.map((scored) => {
      const body = chosen.get(scored)?.map(({ start, end }) => ({ start, end, sentences: read[next++] }));
      return body === undefined ? scored : { ...scored, body };
    });
  }

  /** These papers word by word and read too, best first; what that adds is less its mean. */
  async #rerank(
    query: string,
    first: readonly Scored[],
    asked?: ReadQuestion,
    signal?: AbortSignal,
  ): Promise<Scored[]> {
    const papers = first.flatMap(({ at }) => this.#papers[at] ?? []);
    const near = await this.#words.scores(query, papers, signal);
    const middle = mean(near);
    const read = (await asked?.read(papers, signal)) ?? [];
    // A text at a time: of more sentences the sum is more.
    const likely = read.map(({ cosine, sentences }, rank) => {
      const texts = [sentences, ...(first[rank]?.body ?? []).flatMap((passage) => passage.sentences ?? [])];
      return NEAR * cosine + READER * Math.max(...texts.map(logSum));
    });
    const likelyMiddle = mean(likely);
    return first
      .map((scored, rank) => ({
        ...scored,
        dense: scored.dense + WORDS * ((near[rank] ?? 0) - middle),
        reader: (likely[rank] ?? likelyMiddle) - likelyMiddle,
        ...(read[rank] === undefined ? {} : { sentences: read[rank].sentences }),
      }))
      .sort((a, b) => total(b) - total(a) || a.at - b.at);
  }

  /** Papers that the question calls by name go before all others, and score no less. */
  #namedFirst(question: Question, ranked: readonly Scored[]): Scored[] {
    const rarity = { corpusSize: this.#papers.length, idf: (term: string) => this.#lexical.idf(term) };
    const candidates = ranked.slice(0, RERANKED);
    const papers = candidates.map(({ at }) => this.#papers[at] as Paper);
    const named = new Set(namedPapers(question, papers, rarity).papers);
    const isNamed = ({ at }: Scored) => named.has(this.#papers[at] as Paper);
    const others = ranked.filter((scored) => !isNamed(scored));
    const best = others[0] === undefined ? Number.NEGATIVE_INFINITY : total(others[0]);
    const first = ranked.filter(isNamed);
    const lifted = first.map((scored) => ({
      ...scored,
      lexical: scored.lexical + Math.max(0, best - total(scored)),
    }));
    return [...lifted, ...others];
  }
}

function logSum(logits: Float32Array): number {
  const best = Math.max(UNREAD, ...logits);
  return best + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - best), 0) || 1);
}
