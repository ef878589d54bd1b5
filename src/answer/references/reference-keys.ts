import { authorNames } from "../../corpus/names/author-names.ts";
import type { Paper } from "../../protocol.ts";
import { streamSafe } from "../../util/strings.ts";
import { plainText } from "./plain-text.ts";

const STOP_WORDS = new Set(
  "a an and are as at by can do does for from how in is it of on or the to towards toward via what when why with".split(
    " ",
  ),
);
/** Words of the title in the key of a paper whose authors are not known. */
const WORDS_WITHOUT_AUTHOR = 3;
/** Characters of one word in a key. */
const MAX_WORD = 30;

/**
 * A readable key for each paper, in order and all different: family name, year, first telling word of the title
 * ("Ball2023Minimal"); without authors the first words ("NIRVANANeuralImplicit"). The same key again gets "_2", "_3" …
 */
export function referenceKeys(papers: readonly Paper[]): string[] {
  const uses = new Map<string, number>();
  return papers.map((paper) => {
    const key = readableKey(paper);
    // BibTeX tells keys apart without regard to case.
    const use = (uses.get(key.toLowerCase()) ?? 0) + 1;
    uses.set(key.toLowerCase(), use);
    return use === 1 ? key : `${key}_${use}`;
  });
}

function readableKey(paper: Paper): string {
  const [author] = authorNames(paper.authors ?? []);
  const family = keyWords(plainText(author?.family ?? author?.literal ?? "")).join("");
  const titleWords = keyWords(plainText(paper.title)).filter(isTelling);
  const year = paper.year ?? "";
  const key =
    family === ""
      ? `${titleWords.slice(0, WORDS_WITHOUT_AUTHOR).join("")}${year}`
      : `${family}${year}${titleWords[0] ?? ""}`;
  // A title in a script without Latin letters leaves nothing to read: the id is at least stable.
  return /^\p{L}/u.test(key) ? key : `Paper${keyWords(paper.id).join("")}${key}`;
}

function isTelling(word: string): boolean {
  return !STOP_WORDS.has(word.toLowerCase()) && !/^\d+$/.test(word);
}

/** ASCII words with a capital first letter. */
function keyWords(text: string): string[] {
  const ascii = streamSafe(text).normalize("NFKD").replace(/\p{M}/gu, "");
  return (ascii.match(/[A-Za-z0-9]+/g) ?? []).map(
    (word) => word.charAt(0).toUpperCase() + word.slice(1, MAX_WORD),
  );
}
