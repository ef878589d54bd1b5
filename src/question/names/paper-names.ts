/** What papers may be called by. */
import { readPaper } from "../../corpus/read-paper.ts";
import { STOP_WORDS } from "../../text/stop-words.ts";
import { wordsIn } from "../../text/words-in.ts";

export interface Titled {
  readonly title: string;
  readonly abstract: string;
}

/** In folded words. */
interface PaperNames {
  /** The title without function words. */
  readonly title: readonly string[];
  /** The part before its colon, its initials, a name in brackets, the coined words of its abstract. */
  readonly short: readonly ShortName[];
}

export interface ShortName {
  readonly name: string;
  readonly words: readonly string[];
}

/** A coined word has a capital or digit inside: "DiffCSE", "word2vec", but not "Fine-Tuning". */
const COINED = /\p{L}['’]*[\p{Lu}\p{N}]/u;
/** Where an abstract says how its own work is called: "we propose SampleAttention". */
const CHRISTENED =
  /\b(?:propos|introduc|present|develop|call|dub|nam|term)\p{Ll}{0,20}\s+(?:\p{Ll}{1,40}\s+){0,2}(\p{L}[\p{L}\p{N}-]{0,80})(?![\p{L}\p{N}-])/gu;
/** "Contrastive Learning (CLEAR)": a name in brackets behind a word. */
const EXPANDED = /\s\((\p{Lu}[\p{L}\p{N}-]*)\)/gu;
const LAST_WORD = /(?<![\p{L}\p{N}])\p{L}\S*\s*$/u;
/** Characters before the bracket in which the word begins. */
const BEFORE = 60;
const BRACKETED = /\(([^()\s]+)\)/g;
/** Words of a name, and content words of a title by which it is known: no title of a paper has more. */
const NAME_WORDS = 20;
const TITLE_WORDS = 64;
/** Initials of a title that make a name, where its abstract has it too; fewer letters meet by chance. */
const INITIALS = 4;
/** "LLMs": what there are several of is a kind, no name. */
const PLURAL = /\p{Lu}s$/u;

export function paperNames(paper: Titled): PaperNames {
  return readPaper(paper).part(namesOf);
}

function namesOf(paper: Titled): PaperNames {
  return {
    title: contentOf(paper.title),
    short: shortNames(paper)
      .map((name) => ({ name, words: wordsIn(name).map(({ text }) => text) }))
      .filter(({ words }) => words.length <= NAME_WORDS),
  };
}

function shortNames({ title, abstract }: Titled): string[] {
  const names = new Set<string>();
  const [head = "", subtitle] = title.split(/[:?]\s/, 2);
  if (subtitle !== undefined) names.add(head.replace(BRACKETED, "").replace(/^(?:the|an?)\s/i, ""));
  for (const [, inside = ""] of title.matchAll(BRACKETED)) if (COINED.test(inside)) names.add(inside);
  for (const name of [...expanded(abstract), ...christened(abstract)]) {
    if (COINED.test(name) && !PLURAL.test(name)) names.add(name);
  }
  const initials = initialsOf(head);
  if (initials.length >= INITIALS && wordsIn(abstract).some(({ text }) => text === initials))
    names.add(initials);
  return [...names];
}

function expanded(abstract: string): string[] {
  return [...abstract.matchAll(EXPANDED)]
    .filter(({ index }) => LAST_WORD.test(abstract.slice(Math.max(0, index - BEFORE), index)))
    .map(([, name = ""]) => name);
}

function christened(abstract: string): string[] {
  return [...abstract.matchAll(CHRISTENED)].map(([, name = ""]) => name);
}

/** "yolor" of "You Only Learn One Representation". */
function initialsOf(title: string): string {
  return wordsIn(title)
    .map(({ text }) => text[0] ?? "")
    .join("");
}

function contentOf(title: string): string[] {
  const words = wordsIn(title).map(({ text }) => text);
  const content = words.filter((text) => !STOP_WORDS.has(text));
  return (content.length > 1 ? content : words).slice(0, TITLE_WORDS);
}
