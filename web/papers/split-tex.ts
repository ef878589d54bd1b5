/** A piece of a text: words, or a formula in LaTeX without what marks it as one. */
export interface TexPiece {
  readonly kind: "words" | "formula" | "display";
  readonly text: string;
}

/**
 * $$…$$ and \[…\] stand on a line of their own; $…$ and \(…\) within one. A dollar before a space opens nothing and after
 * one closes nothing, so that sums of money stay what they are.
 */
const FORMULA =
  /\$\$(?<double>[^$]+)\$\$|\\\[(?<bracket>.+?)\\\]|\$(?<dollar>[^\s$](?:[^$\n]*[^\s$])?)\$(?!\d)|\\\((?<paren>.+?)\\\)/gs;

/** The text in pieces; joined with their marks they are the text. */
export function splitTex(text: string): TexPiece[] {
  const pieces: TexPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(FORMULA)) {
    const { double, bracket, dollar, paren } = match.groups ?? {};
    if (match.index > end) pieces.push({ kind: "words", text: text.slice(end, match.index) });
    const shown = double ?? bracket;
    pieces.push(
      shown === undefined
        ? { kind: "formula", text: dollar ?? paren ?? "" }
        : { kind: "display", text: shown },
    );
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ kind: "words", text: text.slice(end) });
  return pieces;
}
