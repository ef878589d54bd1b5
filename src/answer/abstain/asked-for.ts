/** What a question asks for by its words: the noun behind its question word, and whether it wants an amount. */

export interface AskedFor {
  /** "batch size" in "What batch size did …?"; "" where no noun follows. */
  readonly noun: string;
  /** "How many …", "how long …". */
  readonly amount: boolean;
}

const QUESTION_WORD =
  /\b(?:(how\s+(?:many|much|large|long|big|often|far|fast))|what|which|whose|who|when|where)\b/i;
/** Verbs and prepositions that end the noun. */
const END =
  /^(?:did|do|does|is|are|was|were|has|have|had|can|could|will|would|should|may|might|must|make|makes|made|to|of|in|on|for|from|by|at|with|that)$/i;

const AMOUNT = /\bhow\s+(?:many|much|large|long|big|often|far|fast)\b/giu;

/** The question without "how many" and its like, whose second word would count as a word of its content. */
export function withoutAmount(question: string): string {
  return question.replace(AMOUNT, "how");
}

export function askedFor(question: string): AskedFor {
  const found = QUESTION_WORD.exec(question);
  if (found === null) return { noun: "", amount: false };
  const noun: string[] = [];
  for (const word of question
    .slice(found.index + found[0].length)
    .trim()
    .split(/\s+/)) {
    if (END.test(word.replace(/\W/g, ""))) break;
    noun.push(word);
    if (/[?,:]$/.test(word)) break;
  }
  return { noun: noun.join(" "), amount: found[1] !== undefined };
}
