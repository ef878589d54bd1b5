import { NEXT } from "../../protocol/wording.ts";
import type { Paper } from "../../protocol.ts";
import { dot } from "../../util/vectors.ts";
import { calledInQuestion, shortNameOf } from "./called-in-question.ts";
import type { Suggestion } from "./suggestion.ts";

/** Papers among which pairs are looked for: each with each, 2 ms. */
const LOOKED_AT = 200;

/** "How does A differ from B?": of the papers whose work has a name, or else of all, those nearest to each other. */
export function comparisonQuestions(
  papers: readonly Paper[],
  vectorOf: (paper: Paper) => Float32Array | undefined,
): Suggestion[] {
  const named = papers.filter((paper) => shortNameOf(paper) !== undefined);
  const compared = (named.length > 1 ? named : papers).slice(0, LOOKED_AT).flatMap((paper) => {
    const [name, vector] = [calledInQuestion(paper), vectorOf(paper)];
    return name === undefined || vector === undefined ? [] : [{ paper, name, vector }];
  });
  return compared
    .flatMap((one, at) =>
      compared.slice(at + 1).map((other) => ({ one, other, near: dot(one.vector, other.vector) })),
    )
    .sort((a, b) => b.near - a.near)
    .map(({ one, other }) => ({
      question: NEXT.compare(one.name, other.name),
      papers: [one.paper, other.paper],
    }));
}
