import { latexSegments } from "./latex-segments.ts";

/**
 * Text for a BibTeX field: LaTeX stays as it is, plain specials are escaped once, and braces balance in every
 * case, because one stray brace would swallow all entries after it. Letters beyond ASCII stay UTF-8.
 */
export function bibtexText(text: string): string {
  const escaped = latexSegments(text.replace(/\s+/g, " ").trim())
    .map((segment) => (segment.kind === "text" ? escapePlain(segment.text) : segment.text))
    .join("");
  return balanceBraces(escaped);
}

function escapePlain(text: string): string {
  return (
    text
      // The only backslash that reaches a text segment is a lone one at the very end.
      .replaceAll("\\", "\\textbackslash{}")
      .replace(/[&%#_$]/g, "\\$&")
      .replaceAll("^", "\\textasciicircum{}")
      // Between two words a tilde is LaTeX's tie; anywhere else it is meant as the character.
      .replace(/(?<!\S)~|~(?!\S)/g, "\\textasciitilde{}")
  );
}

/** BibTeX counts `\{` as a brace too, so an escaped one without its partner is written by name. */
function balanceBraces(text: string): string {
  const stray = strayBraces(text);
  if (stray.size === 0) return text;
  return text.replace(/\\?[{}]/g, (brace, index: number) => {
    if (!stray.has(index + brace.length - 1)) return brace;
    if (brace === "\\{") return "\\textbraceleft{}";
    return brace === "\\}" ? "\\textbraceright{}" : "";
  });
}

/** Indices of the braces that have no partner. */
function strayBraces(text: string): Set<number> {
  const open: number[] = [];
  const stray = new Set<number>();
  for (const { 0: brace, index } of text.matchAll(/[{}]/g)) {
    if (brace === "{") open.push(index);
    else if (open.pop() === undefined) stray.add(index);
  }
  for (const index of open) stray.add(index);
  return stray;
}
