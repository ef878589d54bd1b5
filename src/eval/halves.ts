/**
 * The items at even and at odd places among those of their kind: a constant that is chosen on one half must hold on
 * the other.
 */
export function halves<T>(items: readonly T[], kindOf: (item: T) => string = () => ""): [T[], T[]] {
  const both: [T[], T[]] = [[], []];
  const seen = new Map<string, number>();
  for (const item of items) {
    const kind = kindOf(item);
    const place = seen.get(kind) ?? 0;
    seen.set(kind, place + 1);
    both[place % 2 === 0 ? 0 : 1].push(item);
  }
  return both;
}
