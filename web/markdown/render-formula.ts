import katex from "katex";

/** Characters; what is longer is no formula that anyone reads. */
const LONGEST = 2000;

/** Draws `tex` into `place` as MathML, which browsers draw themselves: no fonts, no styles. Else `place` stays as it is. */
export function renderFormula(tex: string, place: HTMLElement, displayMode: boolean): void {
  if (tex.length > LONGEST) return;
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
