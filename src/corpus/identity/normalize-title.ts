import { streamSafe } from "../../util/strings.ts";

const LATEX_ACCENT = /\\["'`^~=.]\s*\{?(\p{L})\}?/gu;
const LATIN_DIACRITICS = /[\u0300-\u036f]/g;
/** Put before the title of the same paper later. */
const NOTICE =
  /^\s*(?:retracted|withdrawn)(?:\s(?:article|paper|chapter))?\s*(?:[:：–—-]|(?=\p{Lu}\p{Ll}))\s*/iu;
/** "C++", "C#", "K+": a mark that ends a name is part of it. */
const MARKED = /([\p{L}\p{N}])(\+{1,3}|#)(?![\p{L}\p{N}])/gu;

/**
 * A title as it is compared: letters, marks and digits of any script in lower case, anything else one space, without
 * Latin diacritics or LaTeX's (Gödel, G\"odel → "godel"), but for the plus and sharp that end a name (C, C++ and C# are
 * three). Never empty: a title of symbols alone stands for itself.
 */
export function normalizeTitle(title: string): string {
  const named = title.replace(NOTICE, "");
  const plain = streamSafe(named === "" ? title : named)
    .normalize("NFKD")
    .replace(LATEX_ACCENT, "$1")
    .replace(LATIN_DIACRITICS, "")
    .toLowerCase()
    .replace(
      MARKED,
      (_, letter: string, mark: string) => letter + (mark === "#" ? "\ue001" : "\ue002".repeat(mark.length)),
    )
    .replace(/[^\p{L}\p{M}\p{N}\ue001\ue002]+/gu, " ")
    .replaceAll("\ue001", "#")
    .replaceAll("\ue002", "+")
    .trim();
  return plain === "" ? title.trim() : plain;
}
