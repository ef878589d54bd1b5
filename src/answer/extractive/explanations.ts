/** Questions that ask how or why: which sentences explain. */
import type { Question } from "../../question/question.ts";
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
export function explainingRoles(question: Question): RolePrior {
  if (question.says("why")) return WHY_PRIOR;
  return question.says("how") && !question.says("amount") ? HOW_PRIOR : {};
}
