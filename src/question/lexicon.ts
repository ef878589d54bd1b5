/** The English words that a message is read by, as data: one list a purpose, one file, one matcher over tokens. */
import { createRequire } from "node:module";

/**
 * Words of greeting; of thanks; of courtesy around a question; that call the papers ("according to the literature"); of
 * the form of an answer; of who asks; that lead to a question ("could you tell me"); that ask; that stand before the
 * number of a source ("paper 3"). Of the records: words for papers; for the corpus; that ask for what is in it; that ask
 * for all of it; that lead to a topic; of publishing; that speak of something said before; of the newest and the oldest;
 * of authors, dates, venues, code, links, and papers alike; that stand around these.
 */
const PURPOSES = [
  "greeting",
  "thanks",
  "courtesy",
  "source",
  "form",
  "person",
  "leadIn",
  "question",
  "numbered",
  "works",
  "place",
  "catalogue",
  "whole",
  "topic",
  "publish",
  "notOfAll",
  "newest",
  "oldest",
  "authorship",
  "dated",
  "venue",
  "code",
  "links",
  "related",
  "record",
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What is said in several words; the notation is that of phrases.ts. */
const PHRASES = [
  // Of questions: the kind of their answer.
  "comparison",
  "betweenTwo",
  "summary",
  "onePaper",
  "aboutPaper",
  "aboutMe",
  "survey",
  "explanation",
  // What they ask for.
  "how",
  "why",
  "works",
  "counts",
  "amount",
  "degree",
  "asked",
  "whether",
  "personTimePlace",
  "ofRecord",
  "definition",
  // How the answer is wished for.
  "length",
  "things",
  "bullets",
  "brief",
  "plain",
  "audience",
  // Who sets two things side by side.
  "comparing",
  "versus",
  "joined",
  "differing",
  // What depends on what was said before, and which papers it means.
  "pointer",
  "expletive",
  "continuation",
  "short",
  "ordinal",
  "run",
  "others",
  "choice",
  "both",
  "together",
  "plural",
  // What is said to the machine; thanks and what they are for.
  "order",
  "ofThanks",
  // Of a model's answer: what speaks of the answer, of its sources, and says that they do not say.
  "framing",
  "ofSources",
  "ofOthers",
  "denial",
  // Of abstracts: what a sentence does there.
  "links",
  "releases",
  "discussed",
  "open",
  "caveat",
  "weFind",
  "weMake",
  "evidence",
  "better",
  "inSum",
  "made",
  "toThisEnd",
  "butLacks",
  "known",
  "goingOn",
  // How it opens, and whether it points back.
  "connective",
  "joining",
  "pointing",
  "doingSo",
  "standsFor",
  "opener",
  "finite",
  "subordinate",
  "relative",
  "subject",
  // What gives a word its meaning, what leads a list.
  "namesNext",
  "namedBefore",
  "listing",
] as const;
export type Phrases = (typeof PHRASES)[number];

type Lexicon = Readonly<Record<string, string>> & {
  readonly phrases: Readonly<Record<Phrases, readonly string[]>>;
};

const lexicon = createRequire(import.meta.url)("./lexicon.en.json") as Lexicon;

const sets = new Map(PURPOSES.map((purpose) => [purpose, new Set(wordsFor(purpose))]));

/** Whether a folded word serves that purpose. */
export function serves(word: string, purpose: Purpose): boolean {
  return sets.get(purpose)?.has(word) === true;
}

/** @throws Error for a list that there is not: a mistake in the lexicon */
export function wordsFor(list: string): string[] {
  const words = lexicon[list];
  if (words === undefined) throw new Error(`the lexicon has no list "${list}"`);
  return words.split(" ");
}

export function phrasesOf(phrases: Phrases): readonly string[] {
  return lexicon.phrases[phrases];
}
