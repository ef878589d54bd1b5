/** `1 paper`, `2 papers`: for nouns that take an s. */
export function countOf(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
