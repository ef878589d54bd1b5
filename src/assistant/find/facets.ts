import type { Facets, Paper } from "../../protocol.ts";

/** Values of a facet that are told, the most common. */
const MOST_VALUES = 50;

/** Kept as long as the list: that of the whole corpus is asked for again and again. */
const known = new WeakMap<readonly Paper[], Facets>();

export function facetsOf(papers: readonly Paper[]): Facets {
  const facets = known.get(papers) ?? {
    years: counted(papers, ({ year }) => (year === undefined ? [] : [String(year)])).sort(
      (a, b) => Number(b.value) - Number(a.value),
    ),
    venues: counted(papers, ({ venue }) => (venue === undefined ? [] : [venue])),
    authors: counted(papers, ({ authors = [] }) => authors),
    tags: counted(papers, ({ tags = [] }) => tags),
    sources: counted(papers, ({ source }) => [source]),
  };
  known.set(papers, facets);
  return facets;
}

function counted(papers: readonly Paper[], valuesOf: (paper: Paper) => readonly string[]) {
  const counts = new Map<string, number>();
  for (const paper of papers)
    for (const value of new Set(valuesOf(paper))) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(([a, some], [b, others]) => others - some || a.localeCompare(b, "en"))
    .slice(0, MOST_VALUES)
    .map(([value, count]) => ({ value, papers: count }));
}
