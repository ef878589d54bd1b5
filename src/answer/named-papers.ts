/** Which of the papers found a question calls by name: by title, by the part before its colon, or by a coined word. */
import { STOP_WORDS } from "../retrieval/stop-words.ts";
import { terms } from "../retrieval/terms.ts";
import { isMisspelt } from "../util/is-misspelt.ts";

interface Titled {
  readonly title: string;
  readonly abstract: string;
}

export interface NamedPapers<T> {
  /** In the order in which the question names them. */
  readonly papers: readonly T[];
  /** The question without the names. */
  readonly rest: string;
}

interface Word {
  /** Folded. */
  readonly text: string;
  readonly capital: boolean;
  readonly start: number;
  readonly end: number;
}

/** Words of the question that a paper's name takes up. */
interface Match<T> {
  readonly paper: T;
  readonly first: number;
  readonly last: number;
  readonly exact: boolean;
}

/** Letters from which a single word is a name in lower case and misspelt too: "diffuse" is not DiffCSE. */
const LONG = 8;
/** Words that a name written apart may have: "event 2 mind". */
const APART = 3;
/** Words of a title in a row that name it where they carry most of it. */
const TITLE_WORDS = 3;
const MOST_OF_IT = 0.6;
/** Share of the corpus, and papers at least, that may speak of a name: its own, and those that compare with it. */
const RARE_SHARE = 0.01;
const RARE_PAPERS = 3;
/** A coined word has a capital or digit inside: "DiffCSE", "word2vec", but not "Fine-Tuning". */
const COINED = /\p{L}[\p{L}\p{N}'’]*[\p{Lu}\p{N}]/u;
/** Where an abstract says how its own work is called: "Contrastive Learning (CLEAR)", "we propose SampleAttention". */
const CHRISTENED =
  /\p{L}\S*\s+\((\p{Lu}[\p{L}\p{N}-]*)\)|\b(?:propos|introduc|present|develop|call|dub|nam|term)\p{Ll}*\s+(?:\p{Ll}+\s+){0,2}(\p{L}[\p{L}\p{N}-]*)/gu;

const BRACKETED = /\s*\(([^()\s]+)\)/g;
/** "LLMs": what there are several of is a kind, no name. */
const PLURAL = /\p{Lu}s$/u;

/** How telling the words of the corpus are. */
export interface WordRarity {
  /** Papers in the corpus. */
  readonly corpusSize: number;
  /** Inverse document frequency of a stemmed term, as BM25 has it. */
  readonly idf: (term: string) => number;
}

export function namedPapers<T>(
  question: string,
  papers: readonly T[],
  textOf: (paper: T) => Titled,
  rarity: WordRarity,
): NamedPapers<T> {
  const words = wordsOf(question);
  const found = papers.flatMap((paper) => {
    const match = bestMatch(question, words, textOf(paper), rarity);
    return match === undefined ? [] : [{ paper, ...match }];
  });
  const kept = found.filter((match) => !found.some((other) => hides(other, match)));
  kept.sort((a, b) => a.first - b.first);
  return { papers: kept.map(({ paper }) => paper), rest: without(question, words, kept) };
}

/** Of two names in the same place the longer one is meant, and of two alike the exact one. */
function hides(other: Match<unknown>, match: Match<unknown>): boolean {
  if (other === match || other.last < match.first || match.last < other.first) return false;
  const longer = other.last - other.first - (match.last - match.first);
  return longer > 0 || (longer === 0 && other.exact && !match.exact);
}

type Found = Omit<Match<unknown>, "paper">;

function bestMatch(
  question: string,
  words: readonly Word[],
  paper: Titled,
  rarity: WordRarity,
): Found | undefined {
  const names = shortNames(paper).filter((name) => wordsOf(name).length > 1 || isRare(name, rarity));
  const matches = [
    titleMatch(question, words, paper.title, rarity),
    ...names.map((name) => nameMatch(words, name)),
  ];
  return matches.reduce(
    (best, match) =>
      match !== undefined && (best === undefined || match.last - match.first > best.last - best.first)
        ? match
        : best,
    undefined,
  );
}

/** What a paper is called for short: the part before the colon, a name in brackets, the coined words of its abstract. */
function shortNames({ title, abstract }: Titled): string[] {
  const names = new Set<string>();
  const [head = "", subtitle] = title.split(/[:?]\s/, 2);
  if (subtitle !== undefined) names.add(head.replace(BRACKETED, "").replace(/^(?:the|an?)\s/i, ""));
  for (const [, inside = ""] of title.matchAll(BRACKETED)) if (COINED.test(inside)) names.add(inside);
  for (const [, short, own] of abstract.matchAll(CHRISTENED)) {
    const name = short ?? own ?? "";
    if (COINED.test(name) && !PLURAL.test(name)) names.add(name);
  }
  return [...names];
}

/** By its rarest term; the document frequency is what BM25's idf was made of. */
function isRare(name: string, { corpusSize, idf }: WordRarity): boolean {
  const rarest = Math.max(0, ...terms(name).map(idf));
  const papers = (corpusSize + 1) / Math.exp(rarest) - 0.5;
  return papers <= Math.max(RARE_PAPERS, RARE_SHARE * corpusSize);
}

interface Run {
  readonly from: number;
  readonly to: number;
  /** Words of the title that it holds. */
  readonly matched: readonly string[];
  readonly exact: boolean;
}

/** The most words of the title that stand in the question in a row, function words aside; one may be left out. */
function titleMatch(
  question: string,
  words: readonly Word[],
  title: string,
  { idf }: WordRarity,
): Found | undefined {
  const wanted = contentOf(wordsOf(title));
  const asked = words.map((word, at) => ({ ...word, at })).filter(({ text }) => !STOP_WORDS.has(text));
  const run = longestRun(
    asked.map(({ text }) => text),
    wanted,
  );
  const [first, last] = [asked[run.from], asked[run.to]];
  if (first === undefined || last === undefined || run.matched.length < 2) return undefined;
  const weightOf = (part: readonly string[]) =>
    part.flatMap((word) => terms(word)).reduce((sum, term) => sum + idf(term), 0);
  const whole = run.matched.length === wanted.length;
  const most = run.matched.length >= TITLE_WORDS && weightOf(run.matched) >= MOST_OF_IT * weightOf(wanted);
  const quoted =
    run.matched[0] === wanted[0] &&
    /["'“‘«]\s*(?:(?:the|an?)\s)?$/i.test(question.slice(0, first.start)) &&
    /^[.,;:?!]?["'”’»]/.test(question.slice(last.end));
  return whole || most || quoted ? { first: first.at, last: last.at, exact: run.exact } : undefined;
}

function longestRun(asked: readonly string[], wanted: readonly string[]): Run {
  let best: Run = { from: 0, to: -1, matched: [], exact: true };
  for (let from = 0; from < asked.length; from++) {
    for (let at = 0; at < wanted.length; at++) {
      const run = runFrom(asked, from, wanted, at);
      if (run.matched.length > best.matched.length) best = run;
    }
  }
  return best;
}

function runFrom(asked: readonly string[], from: number, wanted: readonly string[], at: number): Run {
  const matched: string[] = [];
  let to = from - 1;
  let exact = true;
  let skipped = false;
  for (let next = at; next < wanted.length && to + 1 < asked.length; next++) {
    const [own = "", other = ""] = [wanted[next], asked[to + 1]];
    if (isMisspelt(other, own)) {
      matched.push(own);
      exact &&= own === other;
      to++;
    } else {
      if (skipped || matched.length === 0) break;
      skipped = true;
    }
  }
  return { from, to, matched, exact };
}

/** The whole name: as it is written, apart ("event 2 mind"), or misspelt. */
function nameMatch(words: readonly Word[], name: string): Found | undefined {
  const own = wordsOf(name).map(({ text }) => text);
  const joined = own.join("");
  for (const [first, word] of words.entries()) {
    let text = "";
    for (let last = first; last < Math.min(words.length, first + own.length + APART); last++) {
      text += words[last]?.text ?? "";
      if (text === joined && (own.length > 1 || last > first || isName(word)))
        return { first, last, exact: true };
    }
    const misspelt = own.length > 1 || joined.length >= LONG;
    if (misspelt && own.every((part, at) => isMisspelt(words[first + at]?.text ?? "", part)))
      return { first, last: first + own.length - 1, exact: false };
  }
  return undefined;
}

/** "CLEAR" and "Cones" may be names, "clear" and "cones" hardly, unless nobody would say so otherwise. */
function isName({ text, capital }: Word): boolean {
  return capital || text.length >= LONG;
}

function without(question: string, words: readonly Word[], matches: readonly Found[]): string {
  let rest = question;
  for (const { first, last } of [...matches].sort((a, b) => b.first - a.first)) {
    rest = `${rest.slice(0, words[first]?.start)} ${rest.slice(words[last]?.end)}`;
  }
  return rest;
}

function contentOf(words: readonly Word[]): string[] {
  const content = words.map(({ text }) => text).filter((text) => !STOP_WORDS.has(text));
  return content.length > 1 ? content : words.map(({ text }) => text);
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*|&/gu)].map(({ 0: word, index }) => ({
    capital: /\p{Lu}/u.test(word),
    text: word === "&" ? "and" : folded(word),
    start: index,
    end: index + word.length,
  }));
}

function folded(word: string): string {
  return word
    .normalize("NFKD")
    .replace(/[\p{M}'’]/gu, "")
    .toLowerCase();
}
