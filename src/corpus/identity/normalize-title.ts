import { streamSafe } from "../../util/strings.ts";

const LATEX_ACCENT = /\\["'`^~=.]\s*\{?(\p{L})\}?/gu;
const LATIN_DIACRITICS = /[\u0300-\u036f]/g;

/**
 * A title as it is compared: letters, marks and digits of any script in lower case, anything else one space, without
 * Latin diacritics or LaTeX's (Gödel, G\"odel → "godel"). Never empty: a title of symbols alone stands for itself.
 */
export function normalizeTitle(title: string): string {
  const plain = streamSafe(title)
    .normalize("NFKD")
    .replace(LATEX_ACCENT, "$1")
    .replace(LATIN_DIACRITICS, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
  return plain === "" ? title.trim() : plain;
}
