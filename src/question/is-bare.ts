/** Messages that ask for more of what was said, and name nothing themselves: "shorter please", "any limitations?" */
import { STOP_WORDS } from "../retrieval/stop-words.ts";
import { wordsIn } from "../retrieval/words-in.ts";

/** Words of asking, of the form of an answer, and of its size. */
const ASKING = new Set(
  `again briefly brief bullet bullets clarify continue describe detail detailed details elaborate english everyday
  example examples expand explain give go gist illustrate in-depth know line lines list long longer main meaning mean
  means more outline overview paragraph paragraphs plain please point points present recap rephrase restate rewrite say
  sentence sentences short shorter show simple simpler simply simplify specific specifically sum summarise summarize
  summary takeaway takeaways teach tell terms tldr tl dr translate understand word words way else key one two three four
  five six seven eight nine ten`.split(/\s+/),
);
/** What any paper has. In the plural, papers are a list to be drawn up, and new ones. */
const PARTS = new Set(
  `abstract approach author authors baseline baselines benchmark benchmarks code conclusion conclusions contribution
  contributions cost costs data dataset datasets drawback drawbacks evaluation evaluated evidence experiment experiments
  finding findings goal hypothesis idea ideas implementation implications intuition limit limitation limitations method
  methodology methods metric metrics model motivation novelty paper performance problem problems proposal question result
  results setup speed strengths task tasks technique theory training weakness weaknesses work year`.split(
    /\s+/,
  ),
);
/** Said to the assistant about itself, and no "can you …?" */
const ABOUT_YOU = /(?<!\b(?:can|could|would|will|do)\s)\byou\b|\b(?:your|yours|yourself)\b/i;

/** Whether nothing is left of a message beside stop words, words of asking and form, and the parts that any paper has. */
export function isBare(message: string): boolean {
  if (ABOUT_YOU.test(message)) return false;
  const words = wordsIn(message)
    .map(({ text }) => text)
    .filter((text) => !STOP_WORDS.has(text));
  return words.length > 0 && words.every((text) => ASKING.has(text) || PARTS.has(text) || /^\d+$/.test(text));
}
