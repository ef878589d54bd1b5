/** Messages that ask for more of what was said, and name nothing themselves: "shorter please", "any limitations?" */

import { STOP_WORDS } from "../text/stop-words.ts";
import { wordsIn } from "../text/words-in.ts";
import { wordsFor } from "./lexicon.ts";
import { tokensOf } from "./phrases.ts";

/** Words of asking, of the form of an answer and of its size; and what any paper has: papers themselves are a list, and new ones. */
const BARE = new Set([...wordsFor("bare"), ...wordsFor("parts")]);
/** Behind these "you" is only asked to do something. */
const ASKED = new Set(wordsFor("polite"));
const YOURS = new Set(["your", "yours", "yourself"]);

/** Whether nothing is left of a message beside stop words, words of asking and form, and the parts that any paper has. */
export function isBare(message: string): boolean {
  if (isAboutYou(message)) return false;
  const words = wordsIn(message)
    .map(({ text }) => text)
    .filter((text) => !STOP_WORDS.has(text));
  return words.length > 0 && words.every((text) => BARE.has(text) || /^\d+$/.test(text));
}

/** Said to the assistant about itself, and no "can you …?" */
function isAboutYou(message: string): boolean {
  const tokens = tokensOf(message);
  return tokens.some(
    ({ text }, at) => (text === "you" && !ASKED.has(tokens[at - 1]?.text ?? "")) || YOURS.has(text),
  );
}
