/** Titles come as their authors wrote them: plain words, LaTeX escapes (`\%`), commands and math (`$x^2$`) in one string. */

interface LatexSegment {
  readonly kind: "text" | "command" | "math";
  readonly text: string;
}

/**
 * Math opens at a `$` that something follows directly and closes at one that something precedes and no digit
 * follows, so that "from $5 to $10" stays text (the rule of pandoc). A command is `\name` or `\` with one character.
 */
const MATH_OR_COMMAND = /(\$(?=[^\s$])(?:\\.|[^$\\])+?(?<=\S)\$(?!\d))|\\(?:[A-Za-z]+|.)/gsu;

/** The pieces of `text` in order; joined they are `text` again. */
export function latexSegments(text: string): LatexSegment[] {
  const segments: LatexSegment[] = [];
  let at = 0;
  for (const match of text.matchAll(MATH_OR_COMMAND)) {
    if (match.index > at) segments.push({ kind: "text", text: text.slice(at, match.index) });
    segments.push({ kind: match[1] === undefined ? "command" : "math", text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < text.length) segments.push({ kind: "text", text: text.slice(at) });
  return segments;
}
