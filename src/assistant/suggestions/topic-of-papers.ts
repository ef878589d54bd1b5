/** A topic that some papers have in their titles, as it reads within a question. */
import type { Paper } from "../../protocol.ts";
import type { WordRarity } from "../../question/named-papers.ts";
import { terms } from "../../text/terms.ts";
import { mean } from "../../util/statistics.ts";
import { asWritten } from "./as-written.ts";
import { type TitlePhrase, titlePhrases } from "./title-phrases.ts";

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
export function sharedTopic(
  papers: readonly Paper[],
  question: string,
  rarity: WordRarity,
): string | undefined {
  const own = new Set(terms(question));
  const [best] = topicsOf(papers, rarity)
    .filter((topic) => topic.papers.length >= SHARED && !topic.stems.every((stem) => own.has(stem)))
    .sort((a, b) => b.papers.length * b.rarity - a.papers.length * a.rarity);
  return written(best);
}

/** The one that has most of the question. */
export function nearTopic(
  papers: readonly Paper[],
  question: string,
  rarity: WordRarity,
): string | undefined {
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
