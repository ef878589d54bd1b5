/** The text, or its beginning with an ellipsis: `most` UTF-16 code units in all, no character in half. */
export function firstLetters(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/\p{Cs}$/u, "")}…`;
}
