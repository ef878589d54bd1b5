import type { Paper } from "../protocol.ts";
import type { Generation } from "../store/index-store.ts";
import { dot } from "../util/dot.ts";

/** Questions suggested. */
const COUNT = 4;
/** Items looked at: enough to choose from, few enough for the loops below. */
const POOL = 5000;
/** Characters of a title that reads well within a question. */
const LONGEST_TITLE = 80;

const suggested = new WeakMap<Generation, string[]>();

/** The questions of a generation, made once: see `choose`. */
export function suggestQuestions(generation: Generation): string[] {
  const known = suggested.get(generation) ?? choose(generation);
  suggested.set(generation, known);
  return known;
}

/** Questions about papers that lie far from each other, so that they show what the corpus holds. */
function choose({ catalog, vectors }: Generation): string[] {
  const candidates = vectors.items.slice(0, POOL).flatMap((item, at) => {
    const paper = item.kind === "paper" ? catalog.get(item.paperId) : undefined;
    return paper !== undefined && paper.title.length <= LONGEST_TITLE
      ? [{ paper, vector: vectors.vector(at) }]
      : [];
  });
  const chosen: { paper: Paper; vector: Float32Array }[] = candidates.slice(0, 1);
  // Farthest-first traversal (Gonzalez 1985): each next paper is the one least like all chosen so far.
  while (chosen.length < Math.min(COUNT, candidates.length)) {
    const likeness = candidates.map(({ vector }) =>
      Math.max(...chosen.map((other) => dot(vector, other.vector))),
    );
    const farthest = candidates[likeness.indexOf(Math.min(...likeness))];
    if (farthest === undefined || chosen.includes(farthest)) break;
    chosen.push(farthest);
  }
  return chosen.map(({ paper }, at) => ask(paper.title, at));
}

function ask(title: string, at: number): string {
  return at % 2 === 0 ? `What does “${title}” propose?` : `What did “${title}” find?`;
}
