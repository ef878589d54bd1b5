import { useMemo } from "react";
import { Store, useStore } from "../state/store.ts";

/** Dots that are chosen, and the ways to choose. */
export interface Selection {
  readonly dots: ReadonlySet<number>;
  /** These alone. */
  readonly replace: (dots: Iterable<number>) => void;
  readonly add: (dots: Iterable<number>) => void;
  readonly remove: (dots: Iterable<number>) => void;
  readonly toggle: (dot: number) => void;
}

/** Lasts as long as the map: who opens a paper and comes back finds it. */
const chosen = new Store<ReadonlySet<number>>(new Set());

const replace = (dots: Iterable<number>) => chosen.set(new Set(dots));
const add = (dots: Iterable<number>) => chosen.set(new Set([...chosen.get(), ...dots]));
const remove = (dots: Iterable<number>) => {
  const gone = new Set(dots);
  replace([...chosen.get()].filter((dot) => !gone.has(dot)));
};
const toggle = (dot: number) => (chosen.get().has(dot) ? remove([dot]) : add([dot]));

export function useSelection(): Selection {
  const dots = useStore(chosen);
  return useMemo(() => ({ dots, replace, add, remove, toggle }), [dots]);
}

/** For another map, whose dots are others. */
export const selectNothing = (): void => replace([]);
