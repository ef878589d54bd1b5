import type { Paper } from "../../protocol.ts";
import { asWritten, patternOf } from "./as-written.ts";
import type { Suggestion } from "./suggestion.ts";
import { titlePhrases } from "./title-phrases.ts";

/** What a thing is given its name with, and words that may stand between: "which we call the so-called …". */
const CHRISTENS =
  "\\b(?:(?:we|authors) (?:call|term|dub|name|coin)|(?:so-)?called|termed|dubbed|coined|named|known as|referred? to as)\\s+(?:[^\\s.;:]{1,20}\\s+)?[\"“‘'`*]*";
const MAY_CHRISTEN = new RegExp(CHRISTENS, "iu");
/** Behind these a phrase is whole: "implicit neural" goes on. */
const ENDS =
  "(?=[\"'”’)*]*\\s*(?:[.,;:(—–]|$|(?:is|are|was|were|to|which|that|in|of|for|and|by|with|as)\\b))";
const PLURAL = /[^siu]s$/u;

/** "What is X?": phrases of a title that its abstract gives as the name of something, in corpus order. */
export function* definitionQuestions(papers: readonly Paper[]): Generator<Suggestion> {
  for (const paper of papers) {
    const { title, abstract } = paper;
    if (!MAY_CHRISTEN.test(abstract)) continue;
    // What stands before a colon is the name of the paper, of which there is a summary.
    const phrases = titlePhrases(title.slice(title.indexOf(": ") + 1)).sort((a, b) => b.words - a.words);
    const defined = phrases.find(({ surface }) =>
      new RegExp(`${CHRISTENS}${patternOf(surface)}(?:s|es)?${ENDS}`, "iu").test(abstract),
    );
    if (defined !== undefined)
      yield { question: whatIs(asWritten(defined, [abstract]), abstract), papers: [paper] };
  }
}

/** With the article that it has in the abstract, if any. */
function whatIs(phrase: string, abstract: string): string {
  if (PLURAL.test(phrase)) return `What are ${phrase}?`;
  const [, article] = new RegExp(`\\b(an?)\\s+${patternOf(phrase)}\\b`, "iu").exec(abstract) ?? [];
  return `What is ${article === undefined ? "" : `${article.toLowerCase()} `}${phrase}?`;
}
