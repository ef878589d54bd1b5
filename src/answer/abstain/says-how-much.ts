/** Whether a paper says by how much, where that is asked and no thing is counted: "How much faster is X than Y?" */

import { readPaper } from "../../corpus/read-paper.ts";
import type { Paper } from "../../protocol.ts";
import { amountsIn } from "../../question/amounts.ts";
import { says, tokensOf } from "../../question/phrases.ts";
import type { Question } from "../../question/question.ts";
import { NamedIn } from "../../text/names-in.ts";

/**
 * A sentence holds an amount and a name from the question.
 * @param rest the question without the name of the paper
 */
export function saysHowMuch(question: Question, rest: Question, paper: Paper): boolean {
  const { noun, amount } = rest.asksFor;
  // "How many heads" counts heads; of "how much faster" nothing is counted.
  if (!amount || !(noun === "" || says(tokensOf(noun), "degree"))) return false;
  const left = new Set(rest.words.map(({ text }) => text));
  // In lower case it is no name by its shape, and a name all the same if a paper is called so, in one word or apart.
  const called = question.words.flatMap(({ text }) => (left.has(text) ? [] : text));
  const names = [...question.names, ...called, called.join("")];
  return readPaper(paper).sentences.some(({ text }) => {
    if (amountsIn(text).length === 0) return false;
    const held = new NamedIn(text);
    return names.some((name) => held.has(name));
  });
}
