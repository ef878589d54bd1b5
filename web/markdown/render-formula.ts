import katex from "katex";

/** Characters; what is longer is no formula that anyone reads. */
const LONGEST = 2000;
/** Braces in one another; the stack ends at some hundreds. */
const DEEPEST = 60;

/** Draws `tex` into `place` as MathML, which browsers draw themselves: no fonts, no styles. Else `place` stays as it is. */
export function renderFormula(tex: string, place: HTMLElement, displayMode: boolean): void {
  if (tex.length > LONGEST || depth(tex) > DEEPEST) return;
  const drawn = document.createElement("span");
  try {
    katex.render(tex, drawn, {
      displayMode,
      output: "mathml",
      throwOnError: true,
      trust: false,
      maxExpand: 100,
      strict: "ignore",
    });
  } catch {
    return;
  }
  place.replaceChildren(...drawn.childNodes);
}

function depth(tex: string): number {
  let [open, deepest] = [0, 0];
  for (const brace of tex.match(/[{}]/g) ?? []) {
    open += brace === "{" ? 1 : -1;
    deepest = Math.max(deepest, open);
  }
  return deepest;
}
