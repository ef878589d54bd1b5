/** Questions that ask how or why: which sentences explain, and which of the question's words say what is to be explained. */
import { finds, says, tokensOf, without } from "../../question/phrases.ts";
import { asksAmount } from "./amounts.ts";
import type { RolePrior } from "./candidates.ts";

/**
 * How a thing is done stands in what was made; why, in the problem as often as elsewhere. Of 14 questions how a paper's
 * method does something, 4 began with the mechanism without this, 12 with .5 and CERTAIN_ROLE; with .3, findings filled up
 * "how does it work?" behind it. The questions of test/eval begin alike from 0 to .8. For "why", .2 undoes what a problem
 * loses else; .4 would put two of eight wrong.
 */
const HOW_PRIOR: RolePrior = { approach: 0.5 };
const WHY_PRIOR: RolePrior = { problem: 0.2 };
/** What a sentence gains by its role; nothing where the question asks neither how nor why. */
export function explainingRoles(question: string): RolePrior {
  const tokens = tokensOf(question);
  if (says(tokens, "why")) return WHY_PRIOR;
  return says(tokens, "how") && !asksAmount(question) ? HOW_PRIOR : {};
}

/** "How does it work?" names nothing that a sentence could hold. */
export function withoutWorks(question: string): string {
  const tokens = tokensOf(question);
  return says(tokens, "how") ? without(question, tokens, finds(tokens, "works")) : question;
}
