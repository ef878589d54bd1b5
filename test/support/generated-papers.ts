const SUBJECTS = ["walker", "parser", "ranker", "encoder", "sampler", "solver", "planner", "tagger"];
const THINGS = ["graphs", "proteins", "proofs", "markets", "dialogues", "orbits", "recipes", "maps"];
const FILLER =
  "We describe how it was built, what it was compared with, and where it fails. Every experiment was run five times " +
  "with different seeds, and the variance is given. The code and the measurements are published with the paper.";

/** `count` papers of about 90 words; each states a fact of its own. */
export function generatedPapers(count: number, from = 0): { title: string; abstract: string }[] {
  return Array.from({ length: count }, (_, i) => {
    const n = from + i;
    const subject = `${SUBJECTS[n % 8]} Zeta${n}`;
    const things = THINGS[Math.floor(n / 8) % 8] ?? "";
    return {
      title: `The ${subject} for ${things}`,
      abstract:
        `The ${subject} reaches an accuracy of ${n + 0.5} points on ${things}. It needs ${n + 2} hours of training ` +
        `on a single machine, and half of that when ${things} are small. ${FILLER}`,
    };
  });
}
