import { startTransition, useEffect, useState } from "react";

/** Turns drawn at once: some screens. */
const FIRST = 10;
/** Turns added at a time. */
const STEP = 20;

/**
 * The end of a long conversation first, then the rest of it step by step, whenever there is nothing more urgent: it can
 * be read and answered at once.
 */
export function useInSteps<Turn>(turns: readonly Turn[]): readonly Turn[] {
  const [drawn, setDrawn] = useState(FIRST);
  const isWhole = drawn >= turns.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the next step follows the one before
  useEffect(() => {
    if (!isWhole) startTransition(() => setDrawn((before) => before + STEP));
  }, [isWhole, drawn]);
  return isWhole ? turns : turns.slice(-drawn);
}
