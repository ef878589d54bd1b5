interface Kind {
  readonly type: string;
  readonly subtype?: string | undefined;
}

/** Name of the group of all questions. */
export const ALL = "all";

/** Questions or results by the name of their group: all, each type, and behind a type its subtypes as `type/subtype`. */
export function groups<T extends Kind>(items: readonly T[]): Map<string, readonly T[]> {
  const byName = new Map([[ALL, items]]);
  for (const [type, own] of split(items, (item) => item.type)) {
    byName.set(type, own);
    for (const [name, part] of split(own, kindOf)) if (name !== type) byName.set(name, part);
  }
  return byName;
}

/** Each half holds every second question of each type and subtype. */
export function halvesOf<T extends Kind>(items: readonly T[]): [T[], T[]] {
  return halves(items, kindOf);
}

function kindOf({ type, subtype }: Kind): string {
  return subtype === undefined ? type : `${type}/${subtype}`;
}

function split<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T[]> {
  const parts = new Map<string, T[]>();
  for (const item of items) {
    const part = parts.get(nameOf(item));
    if (part === undefined) parts.set(nameOf(item), [item]);
    else part.push(item);
  }
  return parts;
}

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
