import { useEffect, useState } from "react";
import { FootnoteError } from "../../src/client.ts";
import { client } from "../state/client.ts";
import { type Problem, toProblem } from "../state/problem.ts";
import { areSame, type Dots, dotsOf } from "./dots.ts";
import { selectNothing } from "./use-selection.ts";

/** Milliseconds between two looks whether the map has been drawn. */
const LOOK_AGAIN_MS = 1000;

export type MapState =
  | { readonly kind: "loading" | "drawing" }
  | { readonly kind: "ready"; readonly dots: Dots }
  | { readonly kind: "failed"; readonly problem: Problem };

/** Of the last time that the map was shown: it is there at once the next time, and replaced only if it has changed. */
let kept: Dots | undefined;

/** The map, waited for while the server still draws it. `retry` asks again after a failure. */
export function useMap(): { state: MapState; retry: () => void } {
  const [state, setState] = useState<MapState>(
    kept === undefined ? { kind: "loading" } : { kind: "ready", dots: kept },
  );
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is what it is to run again for
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    load(setState, signal).catch((error: unknown) => {
      if (!signal.aborted) setState({ kind: "failed", problem: toProblem(error) });
    });
    return () => leaving.abort();
  }, [attempt]);
  const retry = () => {
    setState({ kind: "loading" });
    setAttempt(attempt + 1);
  };
  return { state, retry };
}

async function load(tell: (state: MapState) => void, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      const dots = dotsOf(await client.map({ signal }));
      if (kept === undefined || !areSame(kept, dots)) {
        kept = dots;
        selectNothing();
      }
      return tell({ kind: "ready", dots: kept });
    } catch (error) {
      if (!(error instanceof FootnoteError && error.code === "indexing")) throw error;
      tell({ kind: "drawing" });
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      signal.throwIfAborted();
    }
  }
}
