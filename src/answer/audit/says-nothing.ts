import { finds, says, tokensOf } from "../../question/phrases.ts";

/** Whether a sentence says that the sources do not say what was asked: by the phrases in which English says so. */
export function saysNothing(sentence: string): boolean {
  const tokens = tokensOf(sentence);
  // "Most papers do not mention X" speaks of the literature.
  const others = finds(tokens, "ofOthers");
  const own = tokens.filter((_, at) => !others.some(({ first, end }) => at >= first && at < end));
  return says(own, "denial");
}
