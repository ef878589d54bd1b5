/** Combining marks in a row that a text may have, as Unicode's Stream-Safe Text Format has it (UAX 15); words have up to 4. */
const MOST_MARKS = 30;
const EXCESS = new RegExp(`(\\p{M}{${MOST_MARKS}})\\p{M}+`, "gu");

/** The text without marks past MOST_MARKS in a row: `normalize` sorts a run of them in quadratic time. */
export function streamSafe(text: string): string {
  return text.replace(EXCESS, "$1");
}
