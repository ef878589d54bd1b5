import type { Passage } from "../../src/protocol.ts";

/** Characters of a passage that are looked at. */
const LOOKED_AT = 4000;
/** Letters of a word that tell it: "sparsely" is "sparse". */
const STEM = 5;

/** Behind the end of a sentence, where the next begins as one does; of a script without spaces, behind its full stop. */
const BETWEEN = /(?<=[.!?])\s(?=\s*[\p{Lu}\p{N}"“(])|(?<=[。！？])/u;

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
  return text
    .split(BETWEEN)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}

/** The beginnings of its words, but for the shortest; of a script without spaces each letter is one. */
function stems(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{sc=Han}|[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    words.filter((word) => word.length > 3 || /\p{sc=Han}/u.test(word)).map((word) => word.slice(0, STEM)),
  );
}
