/** What may be asked next under an answer: each names what it is about, and is answered wherever it is asked. */
import { NEXT } from "../../protocol/wording.ts";
import type { Answer, Paper, Scope } from "../../protocol.ts";
import { namedPapers, type WordRarity } from "../../question/names/named-papers.ts";
import { Question } from "../../question/question.ts";
import { scopeFilter } from "../../retrieval/scope.ts";
import { terms } from "../../text/terms.ts";
import { mean } from "../../util/statistics.ts";
import { relatedPapers } from "../find/papers.ts";
import type { Snapshot } from "../index/live-index.ts";
import { asWritten, calledInQuestion, type TitlePhrase, titlePhrases } from "./title-phrases.ts";

/** Questions that an answer goes on with. */
const MOST = 3;
/** Characters of a title in such a question. */
const LONGEST_TITLE = 200;
/** Those of them that a question may call. */
const CALLED = 4;
/** Papers of an answer that are looked at, in the order in which it speaks of them. */
const LOOKED_AT = 10;

type Said = Pick<Answer, "shape" | "confidence" | "citations" | "sources" | "nearest" | "standaloneQuestion">;

/** What the questions are made of. */
interface Matter {
  /** Those the answer speaks of, in its order; where it found nothing the nearest. All may be asked of. */
  readonly papers: readonly Paper[];
  /** How a question calls a paper, so that no other is meant; undefined where it cannot. */
  readonly called: (paper: Paper) => string | undefined;
  readonly related: (paper: Paper) => Promise<readonly Paper[]>;
  readonly sharedTopic: () => string | undefined;
  readonly nearTopic: () => string | undefined;
}

/** @param scope of the asker's own choice: the next question is bound by it too */
export async function nextQuestions(
  answer: Said,
  scope: Scope | undefined,
  snapshot: Snapshot,
): Promise<string[]> {
  const { generation, retriever } = snapshot;
  const isIn = scopeFilter(generation.catalog, scope) ?? (() => true);
  const papers = spokenOf(answer)
    .flatMap((id) => generation.catalog.get(id) ?? [])
    .filter(isIn)
    .slice(0, LOOKED_AT);
  const rarity = { corpusSize: generation.catalog.size, idf: (term: string) => retriever.idf(term) };
  const question = answer.standaloneQuestion;
  const isOnly = (words: string) =>
    generation.catalog.all().filter(({ title }) => title.includes(words)).length === 1;
  const wanted = await questionsFor(answer, {
    papers,
    called: oncePer((paper) => {
      const name = calledInQuestion(paper, { longest: LONGEST_TITLE, isOnly });
      const asked = name === undefined ? "" : NEXT.summarize(name);
      return namedPapers(new Question(asked), [paper], rarity).papers.length === 1 ? name : undefined;
    }),
    related: async (paper) => (await relatedPapers(snapshot, paper)).map((near) => near.paper).filter(isIn),
    sharedTopic: () => sharedTopic(papers, question, rarity),
    nearTopic: () => nearTopic(papers, question, rarity),
  });
  const asked = wordsOf(question);
  return [...new Set(wanted)].filter((next) => wordsOf(next) !== asked).slice(0, MOST);
}

/** Ids of papers, cited ones first; where nothing was found those that come nearest by a word of the question. */
function spokenOf({ confidence, citations, sources, nearest = sources, standaloneQuestion }: Said): string[] {
  if (confidence !== "none")
    return [
      ...new Set([...citations.map(({ paperId }) => paperId), ...sources.map(({ paper }) => paper.id)]),
    ];
  const own = new Set(terms(standaloneQuestion));
  return nearest
    .filter(({ paper }) => terms(paper.title).some((term) => own.has(term)))
    .map(({ paper }) => paper.id);
}

async function questionsFor({ shape, confidence, citations }: Said, matter: Matter): Promise<string[]> {
  const callable = matter.papers.slice(0, CALLED).filter((paper) => matter.called(paper) !== undefined);
  const [first, second] = callable;
  if (first === undefined || shape === "talk") return [];
  const summarize = (paper: Paper | undefined) => made(paper && matter.called(paper), NEXT.summarize);
  if (confidence === "none")
    return [...made(matter.nearTopic(), NEXT.survey), ...callable.flatMap(summarize)];
  const others = made(matter.sharedTopic(), NEXT.others);
  const similar = made(matter.called(first), NEXT.similar);
  switch (shape) {
    case "comparison":
      return [...summarize(first), ...summarize(second), ...others];
    case "summary":
      return [...(await compare(first, matter)), ...others, ...similar];
    case "catalogue":
      return [...summarize(first), ...(second === undefined ? await compare(first, matter) : others)];
    default: {
      const cited = new Set(citations.map(({ paperId }) => paperId));
      const beside = callable.find((paper) => paper !== first && cited.has(paper.id));
      return [...(await compare(first, matter, beside)), ...others, ...summarize(first), ...similar];
    }
  }
}

/** What a paper is called is looked up in the whole catalog. */
function oncePer<T>(make: (paper: Paper) => T): (paper: Paper) => T {
  const known = new Map<Paper, T>();
  return (paper) => {
    const value = known.has(paper) ? (known.get(paper) as T) : make(paper);
    known.set(paper, value);
    return value;
  };
}

const made = (name: string | undefined, ask: (name: string) => string) =>
  name === undefined ? [] : [ask(name)];

/** @param beside the paper that it is compared with; else the nearest to it that can be named */
async function compare(paper: Paper, { called, related }: Matter, beside?: Paper): Promise<string[]> {
  const name = called(paper);
  const against = beside && called(beside);
  if (name === undefined) return [];
  if (against !== undefined) return [NEXT.compare(name, against)];
  const [near] = (await related(paper)).flatMap((other) => called(other) ?? []);
  return made(near, (other) => NEXT.compare(name, other));
}

const wordsOf = (question: string) => terms(question).join(" ");

/** Titles that share a phrase for it to be a topic. */
const SHARED = 2;
/** Share of the corpus, and papers at least, that may have its rarest word: what all speak of is no topic. */
const RARE_SHARE = 0.15;
const RARE_PAPERS = 4;

interface Topic {
  readonly phrase: TitlePhrase;
  readonly stems: readonly string[];
  readonly papers: Paper[];
  /** Mean idf of its words. */
  readonly rarity: number;
}

/** The rarest that most of the titles share, and that was not what was asked for. */
function sharedTopic(papers: readonly Paper[], question: string, rarity: WordRarity): string | undefined {
  const own = new Set(terms(question));
  const [best] = topicsOf(papers, rarity)
    .filter((topic) => topic.papers.length >= SHARED && !topic.stems.every((stem) => own.has(stem)))
    .sort((a, b) => b.papers.length * b.rarity - a.papers.length * a.rarity);
  return written(best);
}

/** The one that has most of the question. */
function nearTopic(papers: readonly Paper[], question: string, rarity: WordRarity): string | undefined {
  const own = new Set(terms(question));
  const meets = ({ stems }: Topic) => stems.filter((stem) => own.has(stem)).length;
  const [best] = topicsOf(papers, rarity)
    .filter((topic) => meets(topic) > 0)
    .sort((a, b) => meets(b) - meets(a) || b.papers.length - a.papers.length || b.rarity - a.rarity);
  return written(best);
}

function topicsOf(papers: readonly Paper[], rarity: WordRarity): Topic[] {
  const topics = new Map<string, Topic>();
  for (const paper of papers)
    for (const phrase of titlePhrases(paper.title)) {
      if (!phrase.isWhole) continue;
      const stems = phrase.key.split(" ");
      const topic = topics.get(phrase.key) ?? {
        phrase,
        stems,
        papers: [],
        rarity: mean(stems.map(rarity.idf)),
      };
      topic.papers.push(paper);
      topics.set(phrase.key, topic);
    }
  return [...topics.values()].filter(({ stems }) => isRare(stems, rarity));
}

/** By its rarest word; the document frequency is what BM25's idf was made of. */
function isRare(stems: readonly string[], { corpusSize, idf }: WordRarity): boolean {
  const papers = (corpusSize + 1) / Math.exp(Math.max(...stems.map(idf))) - 0.5;
  return papers <= Math.max(RARE_PAPERS, RARE_SHARE * corpusSize);
}

function written(topic: Topic | undefined): string | undefined {
  if (topic === undefined) return undefined;
  const abstracts = topic.papers.map(({ abstract }) => abstract);
  return asWritten(topic.phrase, abstracts);
}
