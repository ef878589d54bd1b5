/** What a question asks for by its words: the noun behind its question word, and whether it wants an amount. */
import { wordsFor } from "./lexicon.ts";
import { finds, tokensOf } from "./phrases.ts";

export interface AskedFor {
  /** "batch size" in "What batch size did …?"; "" where no noun follows. */
  readonly noun: string;
  /** "How many …", "how long …". */
  readonly amount: boolean;
}

/** Verbs and prepositions that end the noun. */
const END = new Set(wordsFor("end"));

/** The question without "how many" and its like, whose second word would count as a word of its content. */
export function withoutAmount(question: string): string {
  const tokens = tokensOf(question);
  return finds(tokens, "counts").reduceRight(
    (text, { first, end }) => `${text.slice(0, tokens[first]?.start)}how${text.slice(tokens[end - 1]?.end)}`,
    question,
  );
}

export function askedFor(question: string): AskedFor {
  const tokens = tokensOf(question);
  const [asked] = finds(tokens, "asked");
  if (asked === undefined) return { noun: "", amount: false };
  let end = asked.end;
  while (
    end < tokens.length &&
    !END.has(tokens[end]?.text ?? "") &&
    !(end > asked.end && tokens[end - 1]?.isEnd)
  )
    end++;
  const noun = end === asked.end ? "" : question.slice(tokens[asked.end]?.start, tokens[end - 1]?.end);
  return { noun, amount: asked.end - asked.first > 1 };
}
