/** What kind of thing a question asks for, and texts that list things of that kind. */
import { terms } from "../../retrieval/terms.ts";

/** The interrogative and the words behind it, which say what is asked for until a function word comes. */
const INTERROGATIVE = /\b(?:which|what|whose)\s+((?:[\p{L}\p{N}-]+\s+){1,4})/iu;
/** What leads a list, behind at most two words after the noun that it is a list of. */
const LIST =
  /([\p{L}\p{N}-]+(?:\s[\p{L}\p{N}-]+){0,2}?)(?:,?\s\(?(?:includ(?:e|es|ing)|consist of|comprise|such as|namely)\s|\s?[:(]\s?)[^.;:]*(?:,|\s(?:and|or)\s)/giu;

/** The stemmed terms of what is asked for: "which *sentence-level operations* does …". */
export function focusOf(question: string): ReadonlySet<string> {
  const words = INTERROGATIVE.exec(question)?.[1]?.trim().split(/\s+/) ?? [];
  const end = words.findIndex((word) => terms(word).length === 0);
  return new Set(terms((end < 0 ? words : words.slice(0, end)).join(" ")));
}

/** Whether the text lists things of that kind: "operations such as A and B", "operations: A, B". */
export function enumerates(text: string, focus: ReadonlySet<string>): boolean {
  if (focus.size === 0) return false;
  return [...text.matchAll(LIST)].some(([, before = ""]) => terms(before).some((term) => focus.has(term)));
}
