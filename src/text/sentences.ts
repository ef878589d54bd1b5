import { enclosureTest } from "./enclosures.ts";
import { endsSentence } from "./sentence-end.ts";
import { STARTERS } from "./sentence-words.ts";

/** `text.slice(start, end)`, in UTF-16 code units. */
export interface SentenceSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Marks that may end a sentence, with the closing quotes and brackets (and the end of a LaTeX display) behind them;
 * or an empty line.
 */
const CANDIDATE = /([.!?…]+|[。！？]+)["'”’»)\]}$]*(?:\s*\\(?:\]|end\{[^{}\s]{1,20}\}))*|\n[^\S\n]*\n\s*/g;
/** A full stop without a space behind it ends a sentence only between a word (or formula) and one that opens sentences. */
const GLUED_BEFORE = /(?:\p{Ll}{2}|[\])}$"”’])$/u;
const GLUED_AFTER = /^(\p{Lu}\p{Ll}*)[\s,]/u;
/** UTF-16 code units; longer than any word in STARTERS. */
const GLUED_CONTEXT = 24;

/**
 * The sentences of a text in order: disjoint, without white space at their ends, together covering all that is not
 * white space; each holds a letter or digit unless the whole text has none. An end inside brackets, directed quotes or
 * `$…$` is none. Linear in the text.
 */
export function splitSentences(text: string): SentenceSpan[] {
  const spans: SentenceSpan[] = [];
  const enclosed = enclosureTest(text);
  let start = nextWord(text, 0);
  for (const match of text.matchAll(CANDIDATE)) {
    const cut = cutAt(text, start.space, match);
    if (cut === undefined || cut <= start.word || enclosed(cut)) continue;
    spans.push({ start: start.space, end: cut });
    start = nextWord(text, cut);
  }
  return closeLast(text, spans, start);
}

interface Start {
  /** The first character that is not white space. */
  space: number;
  /** The first letter or digit. */
  word: number;
}

function nextWord(text: string, from: number): Start {
  return { space: seek(text, from, /\S/g), word: seek(text, from, /[\p{L}\p{N}]/gu) };
}

function seek(text: string, from: number, pattern: RegExp): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

/** The end of the sentence that `match` closes, or undefined when it closes none. */
function cutAt(text: string, sentence: number, match: RegExpExecArray): number | undefined {
  const marks = match[1];
  const end = match.index + match[0].length;
  if (marks === undefined) return paragraphEnd(text, match.index, end);
  const next = seek(text, end, /\S/g);
  if (/^[。！？]/.test(marks)) return end;
  if (next === end) return endsGlued(text, match.index, end) ? end : undefined;
  const at = { sentence, start: match.index, end: match.index + marks.length, next };
  return endsSentence(text, at) ? end : undefined;
}

/** An empty line ends a sentence, unless the text goes on in lower case (a displayed formula between). */
function paragraphEnd(text: string, start: number, next: number): number | undefined {
  if (/^[\p{Ll},;]/u.test(text.slice(next, next + 2))) return undefined;
  let end = start;
  while (end > 0 && /\s/.test(text.charAt(end - 1))) end--;
  return end;
}

/** "…performance.We show": typed without the space. */
function endsGlued(text: string, start: number, end: number): boolean {
  const after = GLUED_AFTER.exec(text.slice(end, end + GLUED_CONTEXT));
  if (after?.[1] === undefined || !STARTERS.has(after[1])) return false;
  const word = /\S*$/.exec(text.slice(Math.max(0, start - GLUED_CONTEXT), start))?.[0] ?? "";
  return GLUED_BEFORE.test(word) && !/:\/\/|www\.|@|\.\p{Ll}+$/u.test(word);
}

/** What is left behind the last end: a sentence, or closing marks that belong to the one before. */
function closeLast(text: string, spans: SentenceSpan[], start: Start): SentenceSpan[] {
  if (start.space === text.length) return spans;
  const end = text.trimEnd().length;
  const last = spans.at(-1);
  if (start.word < text.length || last === undefined) return [...spans, { start: start.space, end }];
  return [...spans.slice(0, -1), { start: last.start, end }];
}
