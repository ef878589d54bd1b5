import { keyOf, type TitleTerm, titleTerms } from "./title-terms.ts";

/** Terms a group at most: a name, not a list. */
const TERMS = 3;
/** Papers of a group that a term is in at least; one in a group of fewer than `SMALL`. */
const FEWEST = 2;
const SMALL = 4;

interface Count {
  /** By how it is written. */
  readonly surfaces: Map<string, number>;
  readonly stems: readonly string[];
  readonly isPair: boolean;
  papers: number;
}

/**
 * What a pair of words counts more than a word: "contrastive learning" before "contrastive". With 1 hardly a pair is
 * chosen, with 2 pairs of chance are, on maps of 236 and of 20,000 papers.
 */
const PAIR = 1.5;

/**
 * The terms of the titles that tell each group from the others, best first: those of the greatest p·log²(p / q), with p
 * and q the shares of the group's papers and of all papers that have the term. What every group says comes out at 0; the
 * square keeps back what many groups say ("model").
 * @param groups of each title the number of its group
 * @returns by group; empty where no term tells it apart, as when there is one group alone
 */
export function nameGroups(titles: readonly string[], groups: readonly number[]): string[][] {
  const all = new Map<string, Count>();
  const byGroup: { papers: number; counts: Map<string, Count> }[] = [];
  for (const [at, title] of titles.entries()) {
    const number = groups[at] ?? 0;
    while (byGroup.length <= number) byGroup.push({ papers: 0, counts: new Map() });
    const group = byGroup[number] as (typeof byGroup)[number];
    group.papers += 1;
    for (const term of titleTerms(title)) {
      add(all, term);
      add(group.counts, term);
    }
  }
  return byGroup.map(({ papers, counts }) => {
    const fewest = papers < SMALL ? 1 : FEWEST;
    const scored = [...counts].flatMap(([key, count]) => {
      const everywhere = (all.get(key)?.papers ?? count.papers) / titles.length;
      return count.papers < fewest ? [] : [{ count, score: score(count, count.papers / papers, everywhere) }];
    });
    return best(scored);
  });
}

function score({ isPair }: Count, inside: number, everywhere: number): number {
  const lift = Math.max(0, Math.log(inside / everywhere));
  return (isPair ? PAIR : 1) * inside * lift ** 2;
}

function add(counts: Map<string, Count>, term: TitleTerm): void {
  const key = keyOf(term);
  const count = counts.get(key) ?? { surfaces: new Map(), stems: term.stems, isPair: term.isPair, papers: 0 };
  count.papers += 1;
  count.surfaces.set(term.surface, (count.surfaces.get(term.surface) ?? 0) + 1);
  counts.set(key, count);
}

/** The best terms that share no word. */
function best(scored: readonly { count: Count; score: number }[]): string[] {
  const chosen: Count[] = [];
  for (const { count, score } of [...scored].sort((a, b) => b.score - a.score)) {
    if (chosen.length === TERMS || score <= 0) break;
    const isNew = chosen.every(({ stems }) => !stems.some((stem) => count.stems.includes(stem)));
    if (isNew) chosen.push(count);
  }
  return chosen.map(({ surfaces }) => [...surfaces].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "");
}
