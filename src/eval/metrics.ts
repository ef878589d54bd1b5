/** Ranking figures, as in the field: graded relevance, cut at ten where no other cut is given. */

export interface Judged {
  /** Relevance by document id; absent is 0. */
  readonly gold: ReadonlyMap<string, number>;
  /** Ids that count neither way: they are taken out of the ranking before it is cut. */
  readonly ignored?: ReadonlySet<string>;
}

export const CUT = 10;

/** nDCG@10 with linear gain (Järvelin & Kekäläinen 2002). */
export function ndcg(ranked: readonly string[], { gold, ignored }: Judged): number {
  const gains = kept(ranked, ignored).map((id) => gold.get(id) ?? 0);
  const ideal = [...gold.values()].sort((a, b) => b - a);
  const discounted = (values: readonly number[]) =>
    values.slice(0, CUT).reduce((sum, gain, at) => sum + gain / Math.log2(at + 2), 0);
  return discounted(ideal) === 0 ? 0 : discounted(gains) / discounted(ideal);
}

/** 1 when a relevant document is among the first `cut`. */
export function hit(ranked: readonly string[], { gold, ignored }: Judged, cut: number): number {
  return kept(ranked, ignored)
    .slice(0, cut)
    .some((id) => (gold.get(id) ?? 0) > 0)
    ? 1
    : 0;
}

/** Share of the relevant documents among the first ten. */
export function recall(ranked: readonly string[], { gold, ignored }: Judged): number {
  const found = kept(ranked, ignored)
    .slice(0, CUT)
    .filter((id) => (gold.get(id) ?? 0) > 0);
  return found.length / gold.size;
}

/** 1 / the rank of the first relevant document; 0 when it is not among the first ten. Its mean is MRR@10. */
export function reciprocalRank(ranked: readonly string[], { gold, ignored }: Judged): number {
  const at = kept(ranked, ignored)
    .slice(0, CUT)
    .findIndex((id) => (gold.get(id) ?? 0) > 0);
  return at < 0 ? 0 : 1 / (at + 1);
}

function kept(ranked: readonly string[], ignored: ReadonlySet<string> | undefined): readonly string[] {
  return ignored === undefined ? ranked : ranked.filter((id) => !ignored.has(id));
}
