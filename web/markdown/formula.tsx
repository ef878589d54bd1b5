import { useEffect, useRef } from "react";

/** Milliseconds that formulas are drawn in one go: a text may hold thousands. */
const SLICE_MS = 12;
const waiting = new Set<() => void>();

function soon(draw: () => void): void {
  waiting.add(draw);
  if (waiting.size === 1) queueMicrotask(drawSome);
}

function drawSome(): void {
  const end = performance.now() + SLICE_MS;
  for (const draw of waiting) {
    if (performance.now() > end) return void setTimeout(drawSome);
    waiting.delete(draw);
    draw();
  }
}

/** A formula in LaTeX; until KaTeX is there, and where it cannot be read, its source. */
export function Formula({ tex, display = false }: { readonly tex: string; readonly display?: boolean }) {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let gone = false;
    let draw: (() => void) | undefined;
    void import("./render-formula.ts").then(({ renderFormula }) => {
      if (gone || place.current === null) return;
      draw = () => place.current !== null && renderFormula(tex, place.current, display);
      soon(draw);
    });
    return () => {
      gone = true;
      if (draw !== undefined) waiting.delete(draw);
    };
  }, [tex, display]);
  return (
    <span className={display ? "formula display" : "formula"} ref={place}>
      {tex}
    </span>
  );
}
