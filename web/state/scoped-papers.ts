import type { Answer, Paper, Scope } from "../../src/protocol.ts";

/** Papers that questions are about, where that is not every paper. */
export interface ScopedPapers {
  /** At most MAX_SCOPE_PAPERS. */
  readonly papers: readonly Pick<Paper, "id" | "title">[];
  /** What the papers are together, where they were chosen as a group: a cluster's name, "12 papers from the map". */
  readonly label?: string;
}

/** As a question is asked with it. */
export function scopeOf(scoped: ScopedPapers | undefined): Scope | undefined {
  const papers = scoped?.papers ?? [];
  return papers.length === 0 ? undefined : { paperIds: papers.map(({ id }) => id) };
}

/**
 * The papers that a stored answer was asked of, where they were named; of those that it does not show, the ids alone are
 * known. A scope by year or corpus, which no question of this page has, is not shown, nor one that was read out of the
 * question: it is asked again with it.
 */
export function scopedPapersOf(answer: Answer | undefined): ScopedPapers | undefined {
  const titles = new Map(answer?.sources.map(({ paper }) => [paper.id, paper.title]));
  const ids = answer?.scopeRead === true ? [] : (answer?.scope?.paperIds ?? []);
  if (ids.length === 0) return undefined;
  return { papers: ids.map((id) => ({ id, title: titles.get(id) ?? id })) };
}

/** What the papers are called together. */
export function nameOf({ papers, label }: ScopedPapers): string {
  return label ?? (papers.length === 1 ? papers[0]?.title : undefined) ?? `${papers.length} papers`;
}
