/** What speaks for and against an answer being in the papers found, in numbers that carry over from corpus to corpus. */
import { type ReadPaper, readPaper } from "../../corpus/read-paper.ts";
import type { Paper } from "../../protocol.ts";
import type { Question } from "../../question/question.ts";
import { asksForPapers } from "../../question/read-among.ts";
import type { RankedPaper } from "../../retrieval/retriever.ts";
import { terms, UNKNOWN_TERM } from "../../text/terms.ts";
import { mean } from "../../util/statistics.ts";

/** Papers that are looked at, best first: more are seldom read, and would let chance in. */
const PAPERS = 8;
/**
 * Papers that the first one leads. Of all that the ranking knows this tells best, with the reader, whether the first paper
 * answers (areas .82 to .98 on written questions); to lead the next one alone tells less, the height of the score hardly more.
 */
const FOLLOWERS = 5;
/** A paper whose own words the question has leads by up to 4, and may still lack what is asked: past this it tells no more. */
const MOST_LEAD = 0.8;
/** Names past these say no more. */
const MOST_NAMES = 3;
const NUMBER =
  /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|hundreds?|thousands?|millions?|billions?|half|third|quarter|twice|double|single|one)\b/i;

/**
 * Logit of the reader from which its numbers are counted, and how far they count: of questions in everyday words the best
 * sentence found has 2 in the middle half where their paper is there and 1 where it is taken out, of factual ones 8 and .6.
 */
const READ_FROM = -1;
const READ_REACH = 6;
/**
 * What counts where nothing was read, so that the words decide: whether any paper is about it, the middle between what is
 * there and what is not; whether it is stated, as for a factual question that is answered.
 */
const NOT_READ = { about: 1, stated: 4 } as const;

/** Whether any paper is about it. */
interface AboutEvidence {
  /** The reader's logit of the best sentence of any paper, from READ_FROM. */
  readonly read: number;
  /** Cosine of the question with the nearest passage of any paper, in [0, 1]. */
  readonly cosine: number;
  /** The largest share of the question's terms, by idf, that one paper holds, in [0, 1]. */
  readonly coverage: number;
  /** The largest share of a title, by idf, that the question holds, in [0, 1]. */
  readonly title: number;
  /** Names in the question that no paper holds, in [0, 3]: who asks for GPT-4 is not served with GPT-2. */
  readonly missingNames: number;
  /** Mean idf of the question's terms as a share of the most there is, in [0, 1]. */
  readonly rarity: number;
  /** 1 where papers are asked for, not a fact: then every word is common. Else 0. */
  readonly survey: number;
  /** ln(1 + terms of the question): of many terms some are always missing. */
  readonly length: number;
}

/** Whether the paper that it is about states it. */
export interface StatedEvidence {
  /** The same of the best sentence of the paper. */
  readonly read: number;
  /** The share of the question's terms, by idf, in the paper, in [0, 1]. */
  readonly paper: number;
  /**
   * The largest share of the terms beyond the paper's name and title in one sentence, in [0, 1]: those name what is
   * asked. For an amount only sentences with a number count.
   */
  readonly sentence: number;
  /** Of the noun that an amount is asked of, the largest share in a sentence with a number, in [0, 1]; else 1. */
  readonly amount: number;
  /** Names in the question that the paper does not hold, in [0, 3]. */
  readonly missingNames: number;
  readonly length: number;
}

/** Whether the best sentence of the first paper answers, where no paper is named. */
export interface AnsweredEvidence {
  /** The reader's logit of that sentence, as in AboutEvidence. */
  readonly read: number;
  /** By how much the fused score of the paper leads the mean of those that follow, at most MOST_LEAD. */
  readonly lead: number;
  /** As in StatedEvidence: who asks in words of a paper of which no sentence has them all asks what it lacks. */
  readonly sentence: number;
  readonly paper: number;
  /** As in AboutEvidence. */
  readonly length: number;
}

/** The question with all that was found for it. */
export interface Asked {
  /** As it stands alone, without what is said to the machine. */
  readonly question: Question;
  /** Best first, with the papers themselves. */
  readonly found: readonly { readonly ranked: RankedPaper; readonly paper: Paper }[];
  /** Inverse document frequency of a stemmed term in the corpus. */
  readonly idf: (term: string) => number;
}

/** @param asked with papers */
export function aboutEvidence({ question, found, idf }: Asked): AboutEvidence {
  const near = found.slice(0, PAPERS);
  const asked = new Coverage(question.uncounted.terms, idf);
  const words = new Coverage(question.uncounted.contentTerms, idf);
  const held = near.map(({ paper }) => readPaper(paper));
  return {
    read: readOf(near, NOT_READ.about),
    cosine: Math.max(0, ...near.map(({ ranked }) => ranked.passages[0]?.score ?? 0)),
    coverage: Math.max(0, ...held.map((paper) => asked.in(paper.terms))),
    title: Math.max(0, ...held.map(({ titleTerms }) => new Coverage([...titleTerms], idf).in(asked.terms))),
    missingNames: missingNames(
      question,
      near.map(({ paper }) => paper),
    ),
    survey: asksForPapers(question) ? 1 : 0,
    rarity: words.meanIdf / idf(UNKNOWN_TERM),
    length: Math.log1p(words.terms.size),
  };
}

/** @param rest the question without the name of the paper */
export function statedEvidence(
  { question, found, idf }: Asked,
  paper: Paper,
  rest: Question,
): StatedEvidence {
  const read = readPaper(paper);
  const asked = new Coverage(question.uncounted.terms, idf);
  const words = new Coverage(question.uncounted.contentTerms, idf);
  const novel = new Coverage(
    rest.uncounted.terms.filter((term) => !read.titleTerms.has(term)),
    idf,
  );
  const { noun, amount } = rest.asksFor;
  const counted = amount ? read.sentences.filter((_, at) => read.part(numbersIn)[at]) : read.sentences;
  const counting = new Coverage(amount ? terms(noun) : [], () => 1);
  const best = (of: Coverage) => Math.max(0, ...counted.map((sentence) => of.in(sentence.terms)));
  return {
    read: readOf(
      found.filter((one) => one.paper === paper),
      NOT_READ.stated,
    ),
    paper: asked.in(read.terms),
    sentence: novel.terms.size === 0 ? 1 : best(novel),
    amount: counting.terms.size === 0 ? 1 : best(counting),
    missingNames: missingNames(question, [paper]),
    length: Math.log1p(words.terms.size),
  };
}

export function answeredEvidence({ found }: Asked, stated: StatedEvidence): AnsweredEvidence {
  const { read, length, sentence, paper } = stated;
  return { read, lead: leadOf(found), length, sentence, paper };
}

function leadOf(found: Asked["found"]): number {
  const [first = 0, ...others] = found.map(({ ranked }) => ranked.score);
  return Math.min(MOST_LEAD, first - mean(others.slice(0, FOLLOWERS)));
}

/** What the reader gives the best sentence of these papers. @param unread where it read none */
function readOf(found: Asked["found"], unread: number): number {
  const logits = found.flatMap(({ ranked }) => Array.from(ranked.sentences ?? []));
  if (logits.length === 0) return unread;
  return Math.max(-READ_REACH, Math.min(READ_REACH, Math.max(...logits) - READ_FROM));
}

/** Names in the question that none of the papers holds, as far as they count. */
function missingNames(question: Question, papers: readonly Paper[]): number {
  const names = question.names.filter((name) => /^\p{L}/u.test(name));
  const missing = names.filter((name) => !papers.some((paper) => readPaper(paper).names.has(name)));
  return Math.min(MOST_NAMES, missing.length);
}

/** For each sentence whether it holds a number. */
function numbersIn({ sentences }: ReadPaper): readonly boolean[] {
  return sentences.map(({ text }) => NUMBER.test(text));
}

/** How much of some terms another text holds, rare terms counting more. */
class Coverage {
  readonly terms: ReadonlySet<string>;
  readonly #weights: readonly (readonly [string, number])[];
  readonly #total: number;

  /** @param idf weight of a term, above 0 */
  constructor(terms: readonly string[], idf: (term: string) => number) {
    this.terms = new Set(terms);
    this.#weights = [...this.terms].map((term) => [term, idf(term)] as const);
    this.#total = this.#weights.reduce((sum, [, weight]) => sum + weight, 0);
  }

  /** 0 without terms. */
  get meanIdf(): number {
    return this.#total / Math.max(1, this.terms.size);
  }

  /** The share that `text` holds, in [0, 1]; 0 without terms. */
  in(text: ReadonlySet<string>): number {
    let held = 0;
    for (const [term, weight] of this.#weights) if (text.has(term)) held += weight;
    return this.#total === 0 ? 0 : held / this.#total;
  }
}

/** What was fitted to questions whose answers are known. */
export interface Calibration {
  readonly about: Weights<AboutEvidence>;
  readonly stated: Weights<StatedEvidence>;
  readonly answered: Weights<AnsweredEvidence>;
  /** Logit of `about` below which no paper is about the question. */
  readonly aboutFrom: number;
  /** The same where papers were spoken of before; not above `aboutFrom`. */
  readonly inConversationFrom: number;
  /** Logit of `about` from which there is no doubt that papers are about it. */
  readonly certainFrom: number;
  /** Logit of `stated` from which a paper states the answer. */
  readonly statedFrom: number;
  /** Logit of `answered` from which the first paper answers. */
  readonly answeredFrom: number;
}

/** A fitted logistic regression: what each feature adds to the logarithm of the odds. */
export type Weights<Features> = Readonly<Record<keyof Features | "constant", number>>;

/** ln(p / (1 − p)) of what was fitted. */
export function logit<Features extends { readonly [name in keyof Features]: number }>(
  features: Features,
  weights: Weights<Features>,
): number {
  let sum: number = weights.constant;
  for (const name in features) sum += weights[name] * features[name];
  return sum;
}
