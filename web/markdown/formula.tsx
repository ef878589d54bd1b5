import { useEffect, useRef } from "react";

/** A formula in LaTeX; until KaTeX is there, and where it cannot be read, its source. */
export function Formula({ tex, display = false }: { readonly tex: string; readonly display?: boolean }) {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let gone = false;
    void import("./render-formula.ts").then(({ renderFormula }) => {
      if (!gone && place.current !== null) renderFormula(tex, place.current, display);
    });
    return () => {
      gone = true;
    };
  }, [tex, display]);
  return (
    <span className={display ? "formula display" : "formula"} ref={place}>
      {tex}
    </span>
  );
}
