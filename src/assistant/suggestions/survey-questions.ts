import { NEXT } from "../../protocol/wording.ts";
import type { Paper } from "../../protocol.ts";
import { asWritten } from "./as-written.ts";
import type { Suggestion } from "./suggestion.ts";
import { type TitlePhrase, titlePhrases } from "./title-phrases.ts";

/** Papers that have the topic in their titles: fewer are no survey. */
const LEAST_PAPERS = 3;
/** Share of the corpus that may have it: what more have is what the corpus is about, and tells nothing. */
const MOST_OF_ALL = 0.05;
/** Share of its titles that must end with it, or go on with another thing: most go on with "large language". */
const WHOLE = 0.5;
/** Share of a phrase's papers that have a longer one from which it is a piece: "giant stars" of "red giant stars". */
const A_PIECE = 0.6;
/** "representations learned": what is said of a topic behind it. */
const PARTICIPLE = /ed$/u;

interface Count {
  readonly phrase: TitlePhrase;
  /** Of the papers that have it in their titles. */
  readonly abstracts: string[];
  /** Of these titles those that do not go on with it. */
  whole: number;
}

/** "Which papers study X?": what most titles have, best first. */
export function* surveyQuestions(papers: readonly Paper[]): Generator<Suggestion> {
  const counts = countPhrases(papers);
  const most = Math.max(LEAST_PAPERS, MOST_OF_ALL * papers.length);
  const topics = counts
    .filter(({ abstracts }) => abstracts.length >= LEAST_PAPERS && abstracts.length <= most)
    .filter((count) => !PARTICIPLE.test(count.phrase.surface) && isTopic(count, counts))
    .sort((a, b) => b.abstracts.length - a.abstracts.length || b.phrase.words - a.phrase.words);
  for (const { phrase, abstracts } of topics)
    yield { question: NEXT.survey(asWritten(phrase, abstracts)), papers: [] };
}

/** In the order in which they are first met; those of one paper alone left out. */
function countPhrases(papers: readonly Paper[]): Count[] {
  const counts = new Map<string, Count>();
  for (const { title, abstract } of papers)
    for (const phrase of titlePhrases(title)) {
      const count = counts.get(phrase.key) ?? { phrase, abstracts: [], whole: 0 };
      count.abstracts.push(abstract);
      if (phrase.isWhole) count.whole += 1;
      counts.set(phrase.key, count);
    }
  return [...counts.values()].filter(({ abstracts }) => abstracts.length > 1);
}

function isTopic({ phrase, abstracts, whole }: Count, counts: readonly Count[]): boolean {
  const isPiece = counts.some(
    (other) =>
      other.phrase.words > phrase.words &&
      other.abstracts.length >= A_PIECE * abstracts.length &&
      ` ${other.phrase.key} `.includes(` ${phrase.key} `),
  );
  return !isPiece && whole >= WHOLE * abstracts.length;
}
