import { cleanText } from "./clean-text.ts";
import { latexText } from "./latex-text.ts";
import { markupText } from "./markup-text.ts";

/**
 * A text from a record as it is stored, searched and quoted: markup, LaTeX's letters and macros, and what shows nothing
 * are gone before an offset into it is taken.
 */
export function plainOf(text: string): string {
  return cleanText(latexText(markupText(cleanText(text))));
}
