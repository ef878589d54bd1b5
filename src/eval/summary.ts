import { FIGURES } from "./figures.ts";
import { groups, halvesOf } from "./groups.ts";
import type { Result } from "./result.ts";

export interface GroupFigures {
  /** Questions. */
  readonly n: number;
  /** By name; one that no question of the group has is absent. */
  readonly figures: Readonly<Record<string, number>>;
}

export interface GroupSummary extends GroupFigures {
  /** Of every second question of each type, and of the others. */
  readonly halves?: readonly [GroupFigures, GroupFigures];
}

/** Every figure of every group, in the order of the questions. */
export function summarize(results: readonly Result[], withHalves: boolean): Map<string, GroupSummary> {
  const [even, odd] = halvesOf(results).map(figuresOf);
  const whole = [...figuresOf(results)];
  if (!withHalves) return new Map(whole);
  return new Map(
    whole.map(([name, group]) => [name, { ...group, halves: [half(even, name), half(odd, name)] }]),
  );
}

/** A group of one question has nothing in its second half. */
function half(of: Map<string, GroupFigures> | undefined, name: string): GroupFigures {
  return of?.get(name) ?? { n: 0, figures: {} };
}

function figuresOf(results: readonly Result[]): Map<string, GroupFigures> {
  const of = (group: readonly Result[]): GroupFigures => {
    const figures: Record<string, number> = {};
    for (const [name, figure] of FIGURES) {
      const value = figure.of(group);
      if (value !== undefined) figures[name] = value;
    }
    return { n: group.length, figures };
  };
  return new Map([...groups(results)].map(([name, group]) => [name, of(group)]));
}
