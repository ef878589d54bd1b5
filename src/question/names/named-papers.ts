/** Which of the papers found a question calls by name: by title, by the part before its colon, or by a coined word. */
import { STOP_WORDS } from "../../text/stop-words.ts";
import { terms } from "../../text/terms.ts";
import type { Word } from "../../text/words.ts";
import { isMisspelt } from "../../util/is-misspelt.ts";
import type { Question } from "../question.ts";
import type { WordRange } from "../reading/asked-for.ts";
import { calledPaper, paperNames, type ShortName, type Titled, wholePaper } from "./paper-names.ts";

interface NamedPapers<T> {
  /** In the order in which the question names them. */
  readonly papers: readonly T[];
  /** The question without the names. */
  readonly rest: string;
  /** What stands there may be a slip for the name, and may be another name. */
  readonly guessed: boolean;
}

/** Words of the question that a paper's name takes up. */
interface Match<T> {
  readonly paper: T;
  readonly first: number;
  readonly last: number;
  readonly exact: boolean;
  readonly guessed?: boolean;
}

/** Letters from which a single word is a name in lower case and misspelt too: "diffuse" is not DiffCSE. */
const LONG = 8;
/** Content words of a question in which names are looked for: 4,000 letters of prose have some 350. */
const MOST_WORDS = 400;
/** Words that a name written apart may have: "event 2 mind". */
const APART = 3;
/** Words of a title in a row that name it where they carry most of it. */
const TITLE_WORDS = 3;
const MOST_OF_IT = 0.6;
/** Share of the corpus, and papers at least, that may speak of a name: its own, and those that compare with it. */
const RARE_SHARE = 0.01;
const RARE_PAPERS = 3;

/** How telling the words of the corpus are. */
export interface WordRarity {
  /** Papers in the corpus. */
  readonly corpusSize: number;
  /** Inverse document frequency of a stemmed term, as BM25 has it. */
  readonly idf: (term: string) => number;
}

export function namedPapers<T extends Titled>(
  question: Question,
  papers: readonly T[],
  rarity: WordRarity,
): NamedPapers<T> {
  const { text } = question;
  const words = firstWords(question);
  const asked = words.map((word, at) => ({ ...word, at })).filter((word) => !STOP_WORDS.has(word.text));
  const whole = words.length === question.words.length ? question.whole : undefined;
  const found = papers.flatMap((paper) => {
    const match = bestMatch(text, { words, asked, whole }, paper, rarity);
    return match === undefined ? [] : [{ paper, ...match }];
  });
  const kept = found.filter((match) => !found.some((other) => hides(other, match)));
  kept.push(
    ...called(text, words, papers, rarity).filter((match) => !kept.some((other) => meet(other, match))),
  );
  if (kept.length === 0) kept.push(...wholePaper(words, whole, papers, rarity.idf));
  kept.sort((a, b) => a.first - b.first);
  return {
    papers: kept.map(({ paper }) => paper),
    rest: without(text, words, kept),
    guessed: kept.some(({ guessed }) => guessed),
  };
}

/** Of two names in the same place the longer one is meant, and of two alike the exact one. */
function hides(other: Match<unknown>, match: Match<unknown>): boolean {
  if (other === match || !meet(other, match)) return false;
  const longer = other.last - other.first - (match.last - match.first);
  return longer > 0 || (longer === 0 && other.exact && !match.exact);
}

function meet(a: Found, b: Found): boolean {
  return a.last >= b.first && b.last >= a.first;
}

type Found = Omit<Match<unknown>, "paper">;

/** The paper that "the X paper" means: the only one with X in its title, word by word. */
function called<T extends Titled>(
  question: string,
  words: readonly Word[],
  papers: readonly T[],
  rarity: WordRarity,
): Match<T>[] {
  const place = calledPaper(question, words);
  if (place === undefined) return [];
  const name = words.slice(place.first, place.last + 1).map(({ text }) => text);
  if (name.length === 1 && !isRare(name.join(), rarity)) return [];
  const having = papers.filter((paper) => {
    const { title } = paperNames(paper);
    return title.some((_, at) => name.every((word, next) => isMisspelt(word, title[at + next] ?? "")));
  });
  if (having.length !== 1) return [];
  // One word that is not quite that of the title may be another name: "the Linformer paper".
  const guessed = (paper: T) => name.length === 1 && !paperNames(paper).title.includes(name.join());
  return having.map((paper) => ({ paper, ...place, exact: false, guessed: guessed(paper) }));
}

/** The words of a question, and those of them that are no function words with their places. */
interface AskedWords {
  readonly words: readonly Word[];
  readonly asked: readonly (Word & { readonly at: number })[];
  /** The first and the last word of what is asked for as a whole: "summarise titans". */
  readonly whole: WordRange | undefined;
}

function firstWords({ words }: Question): Word[] {
  let content = 0;
  return words.filter(({ text }) => content < MOST_WORDS && (STOP_WORDS.has(text) || ++content > 0));
}

function bestMatch(
  question: string,
  { words, asked, whole }: AskedWords,
  paper: Titled,
  rarity: WordRarity,
): Found | undefined {
  const { title, short } = paperNames(paper);
  const names = short.filter(({ name, words }) => words.length > 1 || isRare(name, rarity));
  const matches = [
    titleMatch(question, asked, title, rarity),
    ...names.map((name) => nameMatch(words, name, whole)),
  ];
  return matches.reduce(
    (best, match) =>
      match !== undefined && (best === undefined || match.last - match.first > best.last - best.first)
        ? match
        : best,
    undefined,
  );
}

/** By its rarest term; the document frequency is what BM25's idf was made of. */
function isRare(name: string, { corpusSize, idf }: WordRarity): boolean {
  const rarest = terms(name).reduce((most, term) => Math.max(most, idf(term)), 0);
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
  asked: AskedWords["asked"],
  wanted: readonly string[],
  { idf }: WordRarity,
): Found | undefined {
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

/**
 * From the end, so that each pair of places is looked at once: how far a run goes from there, with a word of the title
 * left out before or, in a run that is begun, still to be left out.
 */
function longestRun(asked: readonly string[], wanted: readonly string[]): Run {
  let [best, from, at] = [0, 0, 0];
  const none = new Array<number>(wanted.length + 1).fill(0);
  const initials = new Set(wanted.map((word) => word[0]));
  let below = none;
  let belowSkipped = none;
  for (let i = asked.length - 1; i >= 0; i--) {
    // A word of another first letter is none of these, however it is spelt.
    if (!initials.has(asked[i]?.[0])) {
      below = none;
      belowSkipped = none;
      continue;
    }
    const row = new Array<number>(wanted.length + 1).fill(0);
    const skipped = [...row];
    for (let j = wanted.length - 1; j >= 0; j--) {
      if (isMisspelt(asked[i] ?? "", wanted[j] ?? "")) {
        row[j] = 1 + (below[j + 1] ?? 0);
        skipped[j] = 1 + (belowSkipped[j + 1] ?? 0);
        if ((row[j] ?? 0) >= best) [best, from, at] = [row[j] ?? 0, i, j];
      } else row[j] = skipped[j + 1] ?? 0;
    }
    below = row;
    belowSkipped = skipped;
  }
  return best === 0 ? { from: 0, to: -1, matched: [], exact: true } : runFrom(asked, from, wanted, at);
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
function nameMatch(
  words: readonly Word[],
  { words: own }: ShortName,
  whole: AskedWords["whole"],
): Found | undefined {
  const joined = own.join("");
  for (const [first, word] of words.entries()) {
    let text = "";
    const end = Math.min(words.length, first + own.length + APART);
    for (let last = first; last < end && joined.startsWith(text); last++) {
      text += words[last]?.text ?? "";
      const isWhole = whole?.first === first && whole.last === last;
      if (text === joined && (own.length > 1 || last > first || isWhole || isName(word)))
        return { first, last, exact: true };
    }
    const misspelt = own.length > 1 || joined.length >= LONG;
    if (misspelt && own.every((part, at) => isMisspelt(words[first + at]?.text ?? "", part)))
      return { first, last: first + own.length - 1, exact: false };
  }
  return undefined;
}

/** "CLEAR" and "Cones" may be names, "clear" and "cones" hardly, unless they are all that is asked for. */
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
