/** Ranking figures, as in the field: graded relevance, cut at ten. */

export interface Judged {
  /** Relevance by document id; absent is 0. */
  readonly gold: ReadonlyMap<string, number>;
  /** Ids that count neither way. */
  readonly ignored?: ReadonlySet<string>;
}

const CUT = 10;

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

function kept(ranked: readonly string[], ignored: ReadonlySet<string> | undefined): readonly string[] {
  return ignored === undefined ? ranked : ranked.filter((id) => !ignored.has(id));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** @param share in [0, 1]: .5 is the median */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
