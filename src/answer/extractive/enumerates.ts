/** What kind of thing a question asks for, and texts that list things of that kind. */
import { terms } from "../../retrieval/terms.ts";

/** The interrogative and the words behind it, which say what is asked for until a function word comes. */
const INTERROGATIVE = /\b(?:which|what|whose)\s+((?:[\p{L}\p{N}-]+\s+){1,4})/iu;
/** What leads a list. */
const LEAD = /,?\s\(?(?:includ(?:e|es|ing)|consist of|comprise|such as|namely)\s|\s?[:(]\s?/gi;
/** At least two items. */
const ITEMS = /^[^.;:]*(?:,|\s(?:and|or)\s)/i;
/** Characters before the lead that hold the noun that it is a list of, as one of the last words. */
const REACH = 60;
const LAST_WORDS = 3;
/** Characters behind the lead that hold two items, or it leads no list. */
const TWO_ITEMS = 400;

/** The stemmed terms of what is asked for: "which *sentence-level operations* does …". */
export function focusOf(question: string): ReadonlySet<string> {
  const words = INTERROGATIVE.exec(question)?.[1]?.trim().split(/\s+/) ?? [];
  const end = words.findIndex((word) => terms(word).length === 0);
  return new Set(terms((end < 0 ? words : words.slice(0, end)).join(" ")));
}

/** Whether the text lists things of that kind: "operations such as A and B", "operations: A, B". */
export function enumerates(text: string, focus: ReadonlySet<string>): boolean {
  if (focus.size === 0) return false;
  return [...text.matchAll(LEAD)].some(({ 0: lead, index }) => {
    const from = index + lead.length;
    const before = text
      .slice(Math.max(0, index - REACH), index)
      .split(/\s+/)
      .slice(-LAST_WORDS);
    const items = text.slice(from, from + TWO_ITEMS);
    return terms(before.join(" ")).some((term) => focus.has(term)) && ITEMS.test(items);
  });
}
