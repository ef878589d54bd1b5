import type { Passage } from "../../src/protocol.ts";

/** Characters of a passage that are looked at. */
const LOOKED_AT = 4000;
/** Letters of a word that tell it: "sparsely" is "sparse". */
const STEM = 5;

/** The sentence of a paper's passages that has most of the question's words, the first among equals. */
export function bestSentence(passages: readonly Pick<Passage, "text">[], question: string): string {
  const wanted = stems(question);
  let best = "";
  let most = -1;
  for (const sentence of passages.flatMap(({ text }) => sentencesOf(text.slice(0, LOOKED_AT)))) {
    const shared = [...stems(sentence)].filter((word) => wanted.has(word)).length;
    if (shared <= most) continue;
    most = shared;
    best = sentence;
  }
  return best;
}

function sentencesOf(text: string): string[] {
  return [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)]
    .map(({ segment }) => segment.trim())
    .filter((segment) => segment !== "");
}

/** The beginnings of its words, but for the shortest; of a script without spaces each letter is one. */
function stems(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{sc=Han}|[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    words.filter((word) => word.length > 3 || /\p{sc=Han}/u.test(word)).map((word) => word.slice(0, STEM)),
  );
}
