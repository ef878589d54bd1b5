import type { Paper } from "../../protocol.ts";
import { splitSentences } from "../../text/sentences.ts";
import { calledInQuestion, shortNameOf } from "./called-in-question.ts";
import type { Suggestion } from "./suggestion.ts";

/** "… reduces the training time by 30%": the verb, and what it is done to. */
const EFFECT =
  /\b(accelerate|boost|cut|decrease|exceed|improve|increase|lower|outperform|raise|reduce|shorten|shrink|surpasse?)s\s+((?:[\p{L}\p{N}-]{1,30}\s+){1,5}?)by\s+(?:[\p{L}-]{1,12}\s+){0,3}(?:\d|\$)/u;
/** Words behind which a sentence goes on with something else: "reduces cost and improves quality by 3%". */
const PARTS = /\b(?:and|or|but|which|that|while|this|these|those|our|it|them|its|their)\b/iu;
const FINDS =
  /\b(?:we|results?|experiments?) (?:find|found|show|demonstrate|observe|discover|reveal)(?:ed|s)? that\b/iu;
const PROPOSES = /\bwe (?:propose|introduce|present|develop|describe)/iu;

/** A question about one paper: how much its work does, best first, then what papers find, propose, and are about. */
export function factQuestions(papers: readonly Paper[]): Suggestion[] {
  return [
    ...papers.flatMap((paper) => amountQuestion(paper) ?? []),
    ...papers.flatMap((paper) => (FINDS.test(paper.abstract) ? plainQuestion(paper, "find") : [])),
    ...papers.flatMap((paper) => (PROPOSES.test(paper.abstract) ? plainQuestion(paper, "propose") : [])),
    ...papers.map(({ title }, at) => ({
      question: `What is “${title}” about?`,
      papers: papers.slice(at, at + 1),
    })),
  ];
}

/** Asked of a work with a name, where the sentence says that it is its doing. */
function amountQuestion(paper: Paper): Suggestion | undefined {
  const name = shortNameOf(paper);
  if (name === undefined) return undefined;
  for (const { start, end } of splitSentences(paper.abstract)) {
    const sentence = paper.abstract.slice(start, end);
    const effect = EFFECT.exec(sentence);
    const [, verb = "", thing = ""] = effect ?? [];
    if (effect === null || PARTS.test(thing) || !sentence.slice(0, effect.index).includes(name)) continue;
    const done = verb === "surpasse" ? "surpass" : verb;
    return { question: `By how much does ${name} ${done} ${thing.trim()}?`, papers: [paper] };
  }
  return undefined;
}

function plainQuestion(paper: Paper, verb: string): Suggestion[] {
  const called = calledInQuestion(paper);
  return called === undefined ? [] : [{ question: `What does ${called} ${verb}?`, papers: [paper] }];
}
