import { MARKED_NAMES, NEVER_FINAL, NUMBERED, SOMETIMES_FINAL, STARTERS, TITLES } from "./sentence-words.ts";

/** UTF-16 code units looked at on either side of a mark; bounds the work per mark. */
const CONTEXT = 40;

/** "e. g." and "i. e." with a space in them. */
const SPACED_LATIN = /(?:^|[\s(,])(?:e\.\s+g|i\.\s+e)$/i;

/** What stands behind a possible end. */
type Opening = "upper" | "lower" | "digit" | "symbol" | "other";

/**
 * Whether the marks at `start`…`end` ("." "?!" "…") end the sentence that began at `sentence`, where `next` is the
 * first character that is not white space behind the marks and their closing quotes and brackets. Rules in the
 * manner of Punkt (Kiss & Strunk 2006) with fixed word lists. In doubt no: two sentences glued make a long quote,
 * a sentence cut in two makes a wrong one.
 */
export function endsSentence(
  text: string,
  at: { sentence: number; start: number; end: number; next: number },
): boolean {
  const before = text.slice(Math.max(at.sentence, at.start - CONTEXT), at.start);
  const mark = text.slice(at.start, at.end);
  const after = text.slice(at.next, at.next + CONTEXT);
  const opening = openingOf(after);
  if (opening === "lower" || opening === "other") return false;
  const starts = beginsWithStarter(after);
  if (mark !== ".") return endsWithMark(before, mark) || starts;
  return endsWithStop(before, { opening, starts, text: after }, at.start - before.length === at.sentence);
}

function openingOf(after: string): Opening {
  const bare = after.replace(/^["'`“‘«]+/, "");
  if (/^[\p{Lu}\p{Lt}\p{Lo}]/u.test(bare)) return "upper";
  // mBERT, iOS, word2vec: names that keep their small letter at the head of a sentence.
  if (/^\p{Ll}{1,8}[\p{Lu}\d]/u.test(bare)) return "upper";
  if (/^\p{Ll}/u.test(bare)) return "lower";
  if (/^\d/.test(bare)) return "digit";
  return /^[([{$\\•*]/.test(bare) ? "symbol" : "other";
}

/** Not so the "A." of "shown by I. A. Dynnikov" and the "A 84" of "Phys. Rev. A 84". */
function beginsWithStarter(after: string): boolean {
  const word = /^["'`“‘«]*([\p{L}\p{M}]+)(?![\p{L}\p{M}.])/u.exec(after)?.[1];
  return word !== undefined && STARTERS.has(word) && !/^A\s\d/.test(after);
}

/** "?", "!", "...", "…" and runs of them. */
function endsWithMark(before: string, mark: string): boolean {
  if (/^(?:\.{2,}|…)/.test(mark)) return false;
  const word = lastWord(before);
  if (MARKED_NAMES.has(word + mark)) return false;
  const factorial = mark === "!" && /^(?:\p{L}|.*[\d)$])$/u.test(word);
  return !factorial;
}

interface Next {
  readonly opening: Opening;
  /** It begins with a word that opens sentences. */
  readonly starts: boolean;
  readonly text: string;
}

function endsWithStop(before: string, next: Next, wholeSentence: boolean): boolean {
  const word = lastWord(before);
  const tail = /[\p{L}\p{M}\d.]*$/u.exec(before)?.[0] ?? "";
  const lower = tail.toLowerCase();
  if (NEVER_FINAL.has(lower) || TITLES.has(tail) || SPACED_LATIN.test(before)) return false;
  if (NUMBERED.has(lower)) return next.opening === "upper" && !isLabel(next.text);
  if (isListLabel(before, word, wholeSentence)) return false;
  // A variable ("for all n. Adapting …") or etc. ends before any capitalised word, an initial only before a starter.
  if (/^\p{Ll}$/u.test(word) || lower === "etc") return next.starts || beginsCapitalised(next.text);
  if (isInitial(word) || isDotted(tail) || isShortened(tail)) return next.starts;
  // Mech. 12, Bull. 34: an unlisted journal in front of its volume.
  return !(next.opening === "digit" && /^\p{Lu}\p{Ll}{1,9}$/u.test(word));
}

function beginsCapitalised(text: string): boolean {
  return /^["'`“‘«]*\p{Lu}\p{L}/u.test(text);
}

/** "Phys", the "Rev" of "Phys.Rev"; in capitals it is a term: "Sr." is short for senior, "SR" is not. */
function isShortened(tail: string): boolean {
  const last = tail.slice(tail.lastIndexOf(".") + 1);
  return SOMETIMES_FINAL.has(last.toLowerCase()) && !/^\p{Lu}{2,}$/u.test(last);
}

/** Behind the last white space (LaTeX's "~" is one), comma or slash, without opening quotes and brackets. */
function lastWord(before: string): string {
  return (/[^\s~,;/–—]*$/.exec(before)?.[0] ?? "").replace(/^["'`“‘«([{]+/, "");
}

/** "3", "(2)", "IV", "A", "S1", "$n$", "\ref": what "Fig." and its like are followed by. */
function isLabel(text: string): boolean {
  return /^(?:[\d([$\\~]|\p{Lu}\d*(?![\p{L}\d])|[IVXL]+\b)/u.test(text);
}

/** J, J.-H, the "\'E" of \'Etienne, the "Terao-A" of a name behind a name. */
function isInitial(word: string): boolean {
  return /(?:^|\p{L}-|\.-|^\\.)\p{Lu}$/u.test(word);
}

/** U.S, i.i.d, Ph.D, w.h.p, and initials without a space between. */
function isDotted(word: string): boolean {
  return /^(?:\p{L}\p{Ll}?\.-?)+\p{L}$/u.test(word);
}

/** The "1" of "1. First item", the "a" of "follows: a. First item": a label at the head of an item. */
function isListLabel(before: string, word: string, wholeSentence: boolean): boolean {
  if (!/^(?:\d{1,2}|[ivx]{1,4}|[IVX]{1,4}|\p{L})\)?$/u.test(word)) return false;
  const lead = before.slice(0, before.length - word.length).replace(/[(["'`“‘]+$/, "");
  return lead.trim() === "" ? wholeSentence : /[:;]\s+$/.test(lead);
}
