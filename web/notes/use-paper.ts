import { useCallback, useEffect, useState } from "react";
import type { PaperResponse } from "../../src/protocol.ts";
import { paperOf } from "../state/papers.ts";
import { type Problem, toProblem } from "../state/problem.ts";

interface Found extends Partial<PaperResponse> {
  readonly id: string;
  readonly problem?: Problem;
}

/** A paper with its abstract and those most like it; undefined until it has come. */
export function usePaper(id: string) {
  const [found, setFound] = useState<Found>({ id });
  const load = useCallback(() => {
    let gone = false;
    const set = (next: Found) => gone || setFound(next);
    paperOf(id).then(
      (response) => set({ id, ...response }),
      (error) => set({ id, problem: toProblem(error) }),
    );
    return () => {
      gone = true;
    };
  }, [id]);
  useEffect(load, [load]);
  const { paper, related = [], problem }: Found = found.id === id ? found : { id };
  return { paper, related, problem, retry: load };
}
