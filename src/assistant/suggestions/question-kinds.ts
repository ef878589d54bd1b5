/** A question that may be suggested, before it is known whether it is answered. */

import { NEXT } from "../../protocol/wording.ts";
import type { Paper } from "../../protocol.ts";
import { splitSentences } from "../../text/sentences.ts";
import { dot } from "../../util/vectors.ts";
import {
  asWritten,
  calledInQuestion,
  patternOf,
  shortNameOf,
  type TitlePhrase,
  titlePhrases,
} from "./title-phrases.ts";

export interface Suggestion {
  readonly question: string;
  /** The papers that must come before all others for it to be answered. */
  readonly papers: readonly Paper[];
}

/** What a thing is given its name with, and words that may stand between: "which we call the so-called …". */
const CHRISTENS =
  "\\b(?:(?:we|authors) (?:call|term|dub|name|coin)|(?:so-)?called|termed|dubbed|coined|named|known as|referred? to as)\\s+(?:[^\\s.;:]{1,20}\\s+)?[\"“‘'`*]*";
const MAY_CHRISTEN = new RegExp(CHRISTENS, "iu");
/** Behind these a phrase is whole: "implicit neural" goes on. */
const ENDS =
  "(?=[\"'”’)*]*\\s*(?:[.,;:(—–]|$|(?:is|are|was|were|to|which|that|in|of|for|and|by|with|as)\\b))";
const PLURAL = /[^siu]s$/u;

/** "What is X?": phrases of a title that its abstract gives as the name of something, in corpus order. */
export function* definitionQuestions(papers: readonly Paper[]): Generator<Suggestion> {
  for (const paper of papers) {
    const { title, abstract } = paper;
    if (!MAY_CHRISTEN.test(abstract)) continue;
    // What stands before a colon is the name of the paper, of which there is a summary.
    const phrases = titlePhrases(title.slice(title.indexOf(": ") + 1)).sort((a, b) => b.words - a.words);
    const defined = phrases.find(({ surface }) =>
      new RegExp(`${CHRISTENS}${patternOf(surface)}(?:s|es)?${ENDS}`, "iu").test(abstract),
    );
    if (defined !== undefined)
      yield { question: whatIs(asWritten(defined, [abstract]), abstract), papers: [paper] };
  }
}

/** With the article that it has in the abstract, if any. */
function whatIs(phrase: string, abstract: string): string {
  if (PLURAL.test(phrase)) return `What are ${phrase}?`;
  const [, article] = new RegExp(`\\b(an?)\\s+${patternOf(phrase)}\\b`, "iu").exec(abstract) ?? [];
  return `What is ${article === undefined ? "" : `${article.toLowerCase()} `}${phrase}?`;
}

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

/** Papers among which pairs are looked for: each with each, 2 ms. */
const LOOKED_AT = 200;

/** "How does A differ from B?": of the papers whose work has a name, or else of all, those nearest to each other. */
export function comparisonQuestions(
  papers: readonly Paper[],
  vectorOf: (paper: Paper) => Float32Array | undefined,
): Suggestion[] {
  const named = papers.filter((paper) => shortNameOf(paper) !== undefined);
  const compared = (named.length > 1 ? named : papers).slice(0, LOOKED_AT).flatMap((paper) => {
    const [name, vector] = [calledInQuestion(paper), vectorOf(paper)];
    return name === undefined || vector === undefined ? [] : [{ paper, name, vector }];
  });
  return compared
    .flatMap((one, at) =>
      compared.slice(at + 1).map((other) => ({ one, other, near: dot(one.vector, other.vector) })),
    )
    .sort((a, b) => b.near - a.near)
    .map(({ one, other }) => ({
      question: NEXT.compare(one.name, other.name),
      papers: [one.paper, other.paper],
    }));
}

/** "… reduces the training time by 30%": the verb, and what it is done to. */
const EFFECT =
  /\b(accelerate|boost|cut|decrease|exceed|improve|increase|lower|outperform|raise|reduce|shorten|shrink|surpasse?)s\s+((?:[\p{L}\p{N}-]{1,30}\s+){1,5}?)by\s+(?:[\p{L}-]{1,12}\s+){0,3}(?:\d|\$)/u;
/** Words behind which a sentence goes on with something else: "reduces cost and improves quality by 3%". */
const PARTS = /\b(?:and|or|but|which|that|while|this|these|those|our|it|them|its|their)\b/iu;
const FINDS =
  /\b(?:we|results?|experiments?) (?:find|found|show|demonstrate|observe|discover|reveal)(?:ed|s)? that\b/iu;
const PROPOSES = /\bwe (?:propose|introduce|present|develop|describe)/iu;

/** A question about one paper: how much its work does, best first, then what papers find, propose, and are about. */
export function factQuestions(papers: readonly Paper[]): Suggestion[] {
  return [
    ...papers.flatMap((paper) => amountQuestion(paper) ?? []),
    ...papers.flatMap((paper) => (FINDS.test(paper.abstract) ? plainQuestion(paper, "find") : [])),
    ...papers.flatMap((paper) => (PROPOSES.test(paper.abstract) ? plainQuestion(paper, "propose") : [])),
    ...papers.map(({ title }, at) => ({
      question: `What is “${title}” about?`,
      papers: papers.slice(at, at + 1),
    })),
  ];
}

/** Asked of a work with a name, where the sentence says that it is its doing. */
function amountQuestion(paper: Paper): Suggestion | undefined {
  const name = shortNameOf(paper);
  if (name === undefined) return undefined;
  for (const { start, end } of splitSentences(paper.abstract)) {
    const sentence = paper.abstract.slice(start, end);
    const effect = EFFECT.exec(sentence);
    const [, verb = "", thing = ""] = effect ?? [];
    if (effect === null || PARTS.test(thing) || !sentence.slice(0, effect.index).includes(name)) continue;
    const done = verb === "surpasse" ? "surpass" : verb;
    return { question: `By how much does ${name} ${done} ${thing.trim()}?`, papers: [paper] };
  }
  return undefined;
}

function plainQuestion(paper: Paper, verb: string): Suggestion[] {
  const called = calledInQuestion(paper);
  return called === undefined ? [] : [{ question: `What does ${called} ${verb}?`, papers: [paper] }];
}
