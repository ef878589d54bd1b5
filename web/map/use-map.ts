import { useEffect, useState } from "react";
import { FootnoteError } from "../../src/client.ts";
import { client } from "../state/client.ts";
import { corpusVersion } from "../state/corpus.ts";
import { type Problem, toProblem } from "../state/problem.ts";
import { useStore } from "../state/store.ts";
import { areSame, type Dots, dotsOf } from "./dots.ts";
import { selectNothing } from "./use-selection.ts";

/** Milliseconds between two looks whether the map has been drawn. */
const LOOK_AGAIN_MS = 1000;
/** Looks for a newer map behind one that is shown, each after twice the time: half an hour together. */
const LOOKS_FOR_NEWER = 11;

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
  const version = useStore(corpusVersion);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt and other papers are what it is to run again for
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    load(setState, signal).catch((error: unknown) => {
      if (!signal.aborted) setState({ kind: "failed", problem: toProblem(error) });
    });
    return () => leaving.abort();
  }, [attempt, version]);
  const retry = () => {
    setState({ kind: "loading" });
    setAttempt(attempt + 1);
  };
  return { state, retry };
}

async function load(tell: (state: MapState) => void, signal: AbortSignal): Promise<void> {
  for (let looks = 0; looks < LOOKS_FOR_NEWER; ) {
    try {
      const map = await client.map({ signal });
      const dots = dotsOf(map);
      if (kept === undefined || !areSame(kept, dots)) {
        kept = dots;
        selectNothing();
      }
      tell({ kind: "ready", dots: kept });
      if (map.drawing === undefined) return;
      looks++;
    } catch (error) {
      // What is shown stays.
      if (looks > 0) looks++;
      else if (error instanceof FootnoteError && error.code === "indexing") tell({ kind: "drawing" });
      else throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS * 2 ** Math.max(0, looks - 1)));
    signal.throwIfAborted();
  }
}
