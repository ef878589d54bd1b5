/** "Where did I read this?": the papers that say a pasted sentence, or nearly so. */
import { digitQuantities, isNegated, quantitiesIn } from "../../claim/claim-facts.ts";
import { ClaimSupport, type Evidence, STRONG } from "../../claim/claim-support.ts";
import { readPaper } from "../../corpus/read-paper.ts";
import type { Embedder } from "../../embedding/embedder.ts";
import type { FindGrade, FindResponse, Paper } from "../../protocol.ts";
import { Question } from "../../question/question.ts";
import { UNREAD } from "../../reader/pair-reader.ts";
import { type SentenceSpan, splitSentences } from "../../text/sentences.ts";
import { STOP_WORDS } from "../../text/stop-words.ts";
import { contentWords, terms } from "../../text/terms.ts";
import { wordsIn } from "../../text/words.ts";
import { isMisspelt } from "../../util/is-misspelt.ts";
import type { Snapshot } from "../index/live-index.ts";
import type { FindRequest } from "../port.ts";
import { quote } from "./search.ts";

/** Papers that are looked through: who copied a sentence finds it first. */
const LOOKED_THROUGH = 10;
/** What a function word counts beside the idf of others. */
const FUNCTION_WORD = 0.3;
/** Sentences of a paper whose words are compared in order, those that share most: an abstract may have hundreds. */
const ORDERED = 20;
/** Sentences in a row that a pasted text may be of. */
const MOST_SENTENCES = 4;

// Measured by test/bench/find.ts. Fitted on hand-written answers over the bundled papers, which say in other words what
// one sentence does, against sentences of other papers, and of these with their own paper left out.

/** Word for word from here on. Of sentences with a fifth of their words cut 95 % are above, no other paper's. */
const COPIED = 0.75;
/** The logistic of support by the answerer's measure and of the reader's greatest logit. */
const SUPPORT = 7;
const LOGIT = 1.05;
const BASE = -6.3;
/** In its place where nothing was read: half at STRONG. */
const UNREAD_SLOPE = 14;
/** Words of content of which a text says anything: "page 12" stands in many. */
const LEAST_WORDS = 3;
/** Likelihood from which it is said nearly. */
const NEARLY = 0.6;

interface Copied {
  /** Word for word, in [0, 1]. */
  readonly verbatim: number;
  readonly span: SentenceSpan;
}

interface Nearest {
  readonly paper: Paper;
  readonly span: SentenceSpan;
  readonly grade: FindGrade;
  readonly score: number;
}

const supports = new WeakMap<Snapshot, ClaimSupport>();

/** @throws DOMException AbortError when the request's signal fires */
export async function findSentence(
  request: FindRequest,
  snapshot: Snapshot,
  embedder: Embedder,
): Promise<FindResponse> {
  const began = performance.now();
  const near = await nearestOfEach(request, snapshot, embedder);
  const matches = near
    .sort((a, b) => ORDER[a.grade] - ORDER[b.grade] || b.score - a.score)
    .slice(0, request.limit)
    .map(({ span, score, ...match }) => ({
      ...match,
      score: Math.round(score * 1000) / 1000,
      sentence: quote(match.paper, { field: "abstract", ...span }),
    }));
  const tookMs = Math.round((performance.now() - began) * 100) / 100;
  return { grade: matches[0]?.grade ?? "nowhere", matches, tookMs };
}

const ORDER: Readonly<Record<FindGrade, number>> = { "says-so": 0, nearly: 1, nowhere: 2 };

/** Of each paper found that has an abstract the sentence that comes nearest. */
async function nearestOfEach(
  { text, scope, signal }: FindRequest,
  snapshot: Snapshot,
  embedder: Embedder,
): Promise<Nearest[]> {
  const { generation, retriever } = snapshot;
  const ranked = await retriever.retrieve({
    question: new Question(text),
    limit: LOOKED_THROUGH,
    scope,
    signal,
  });
  const support = supports.get(snapshot) ?? new ClaimSupport(embedder, (term) => retriever.idf(term));
  supports.set(snapshot, support);
  const weightOf = (word: string) =>
    STOP_WORDS.has(word)
      ? FUNCTION_WORD
      : Math.max(FUNCTION_WORD, ...terms(word).map((term) => retriever.idf(term)));
  const pasted = weigh(text, weightOf);
  const found: Nearest[] = [];
  for (const one of ranked) {
    const paper = generation.catalog.get(one.paperId);
    if (paper === undefined) continue;
    const stated = await support.best(text, paper, signal);
    if (stated.end === 0) continue;
    const copied = bestWindow(pasted, text, paper, weightOf);
    const logit = one.sentences === undefined ? undefined : Math.max(UNREAD, ...one.sentences);
    found.push(nearestOf(text, paper, copied, stated, logit));
  }
  return found;
}

/** The sentence, or as many in a row as the text has, that holds most of the text word for word. */
function bestWindow(
  pasted: WeighedWords,
  text: string,
  paper: Paper,
  weightOf: (word: string) => number,
): Copied {
  const { abstract, sentences: spans } = readPaper(paper);
  const row = Math.min(MOST_SENTENCES, splitSentences(text).length, spans.length);
  const windows = spans.slice(0, spans.length - row + 1).map(({ start }, at) => {
    const span = { start, end: spans[at + row - 1]?.end ?? start };
    const words = weigh(abstract.slice(span.start, span.end), weightOf);
    return { span, words, shared: sharedInAnyOrder(pasted, words) };
  });
  let best = { verbatim: 0, span: { start: 0, end: 0 } };
  for (const { span, words } of windows.sort((a, b) => b.shared - a.shared).slice(0, ORDERED)) {
    const verbatim = wordOverlap(pasted, words);
    if (verbatim > best.verbatim) best = { verbatim, span };
  }
  return best;
}

function nearestOf(
  text: string,
  paper: Paper,
  copied: Copied,
  stated: Evidence,
  logit: number | undefined,
): Nearest {
  const isCopied = copied.verbatim >= COPIED;
  const { start, end } = isCopied ? copied.span : stated;
  const window = paper.abstract.slice(start, end);
  const said = quantitiesIn(window);
  if (contentWords(text).split(" ").length < LEAST_WORDS)
    return { paper, span: { start, end }, grade: "nowhere", score: 0 };
  const isSame =
    digitQuantities(text).every((number) => said.has(number)) && isNegated(text) === isNegated(window);
  const likely = likelihood(stated.support, logit);
  if (isCopied && isSame) return { paper, span: { start, end }, grade: "says-so", score: copied.verbatim };
  const grade = isCopied || likely >= NEARLY ? "nearly" : "nowhere";
  return { paper, span: { start, end }, grade, score: Math.max(likely, isCopied ? copied.verbatim : 0) };
}

/** That it says the same in other words, in [0, 1]. */
function likelihood(support: number, logit: number | undefined): number {
  const evidence =
    logit === undefined ? UNREAD_SLOPE * (support - STRONG) : SUPPORT * support + LOGIT * logit + BASE;
  return 1 / (1 + Math.exp(-evidence));
}

/** Words in order, each with what it tells. */
interface WeighedWords {
  readonly words: readonly string[];
  readonly weights: readonly number[];
  readonly total: number;
}

/** What a word of the other text counts that stands between words of this one and is not in it. */
const BETWEEN = 0.5;
/** Share of the words, in any order, below which the order is not looked at. */
const WORTH_ORDERING = 0.35;
/** Words of a text: a window of sentences of more is no sentence. */
const MOST_WORDS = 400;

/** @param weightOf of a folded word */
export function weigh(text: string, weightOf: (word: string) => number): WeighedWords {
  // "atten- tion": parted at the end of a line.
  const whole = text.replace(/(\p{L})-\s+(?=\p{Ll})/gu, "$1");
  const words = wordsIn(whole)
    .slice(0, MOST_WORDS)
    .map((word) => word.text);
  const weights = words.map(weightOf);
  return { words, weights, total: weights.reduce((sum, weight) => sum + weight, 0) };
}

/** In [0, 1]: 1 where all its words stand in the other, in order and with nothing between them. */
export function wordOverlap(text: WeighedWords, other: WeighedWords): number {
  if (sharedInAnyOrder(text, other) < WORTH_ORDERING) return 0;
  const { matched, between } = longestInOrder(text, other);
  return matched / (text.total + BETWEEN * between);
}

/**
 * Share of its words that the other has, in [0, 1]. Slips are not looked for: a text full of them has enough words that
 * have none.
 */
export function sharedInAnyOrder(text: WeighedWords, { words }: WeighedWords): number {
  if (text.total === 0) return 0;
  const others = new Set(words);
  const shared = text.words.reduce(
    (sum, word, at) => sum + (others.has(word) ? (text.weights[at] ?? 0) : 0),
    0,
  );
  return shared / text.total;
}

/** By dynamic programming, the heaviest common subsequence; `between` weighs what the other has between its words. */
function longestInOrder(a: WeighedWords, b: WeighedWords): { matched: number; between: number } {
  const width = b.words.length + 1;
  const best = new Float64Array((a.words.length + 1) * width);
  const same = (i: number, j: number) => isMisspelt(a.words[i] ?? "", b.words[j] ?? "");
  for (let i = a.words.length - 1; i >= 0; i--)
    for (let j = b.words.length - 1; j >= 0; j--) {
      const skip = Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
      const take = same(i, j) ? (a.weights[i] ?? 0) + (best[(i + 1) * width + j + 1] ?? 0) : 0;
      best[i * width + j] = Math.max(skip, take);
    }
  let [i, j, inside, between] = [0, 0, 0, 0];
  let begun = false;
  while (i < a.words.length && j < b.words.length && (best[i * width + j] ?? 0) > 0) {
    const here = best[i * width + j];
    if (same(i, j) && here === (a.weights[i] ?? 0) + (best[(i + 1) * width + j + 1] ?? 0)) {
      between += begun ? inside : 0;
      [begun, inside] = [true, 0];
      i++;
      j++;
    } else if (here === best[(i + 1) * width + j]) i++;
    else {
      inside += b.weights[j] ?? 0;
      j++;
    }
  }
  return { matched: best[0] ?? 0, between };
}
