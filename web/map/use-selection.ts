import { useMemo, useState } from "react";

/** Dots that are chosen, and the ways to choose. */
export interface Selection {
  readonly dots: ReadonlySet<number>;
  /** These alone. */
  readonly replace: (dots: readonly number[]) => void;
  readonly add: (dots: readonly number[]) => void;
  readonly remove: (dots: readonly number[]) => void;
  readonly toggle: (dot: number) => void;
}

export function useSelection(): Selection {
  const [dots, setDots] = useState<ReadonlySet<number>>(new Set());
  return useMemo(() => {
    const without = (from: ReadonlySet<number>, gone: readonly number[]) => {
      const rest = new Set(from);
      for (const dot of gone) rest.delete(dot);
      return rest;
    };
    return {
      dots,
      replace: (chosen) => setDots(new Set(chosen)),
      add: (more) => setDots((before) => new Set([...before, ...more])),
      remove: (gone) => setDots((before) => without(before, gone)),
      toggle: (dot) =>
        setDots((before) => (before.has(dot) ? without(before, [dot]) : new Set([...before, dot]))),
    };
  }, [dots]);
}
