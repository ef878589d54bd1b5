/** How papers write quotation marks and dashes for TeX, drawn as typography: for reading, never for what is compared. */

/** Formulas and addresses stay as they are. */
const AS_IT_IS = /(\$[^$\n]{1,2000}\$|[a-z]{2,8}:\/\/\S{1,2000})/i;
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/``/g, "“"],
  // Not the second derivative f''(x).
  [/(?<=\S)''(?![\p{L}\p{N}(])/gu, "”"],
  [/(?<![\p{L}\p{N}`])`([^`'\n]{1,80})'(?!\p{L})/gu, "‘$1’"],
  [/(?<!-)---(?!-)/g, "—"],
  // Not an option of a command line, "--all".
  [/(?<=[^\s-])--(?!-)|(?<=\s)--(?=\s)/g, "–"],
];

export function typeset(text: string): string {
  return text
    .split(AS_IT_IS)
    .map((part, at) =>
      at % 2 === 1 ? part : MARKS.reduce((drawn, [mark, sign]) => drawn.replace(mark, sign), part),
    )
    .join("");
}
