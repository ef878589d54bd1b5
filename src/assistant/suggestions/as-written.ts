import type { TitlePhrase } from "./title-phrases.ts";

/** Letters of a text that are looked through. */
const READ = 5000;

/**
 * A phrase of titles as abstracts write it within their sentences, in the plural where they mostly do: "Lie groups" for
 * "Lie Group". As it is, where no abstract has it.
 */
export function asWritten({ surface }: Pick<TitlePhrase, "surface">, abstracts: readonly string[]): string {
  const pattern = new RegExp(`(?<=[\\p{L}\\p{N},(“"]\\s?)\\b${patternOf(surface)}(?:s|es)?\\b`, "giu");
  const counts = new Map<string, number>();
  for (const abstract of abstracts)
    for (const [found] of abstract.slice(0, READ).matchAll(pattern)) {
      const form = found.replace(/\s+/g, " ");
      counts.set(form, (counts.get(form) ?? 0) + 1);
    }
  // Of forms as common that in small letters.
  return [...counts].sort(([a, one], [b, other]) => other - one || (a > b ? -1 : 1))[0]?.[0] ?? surface;
}

/** Of words, hyphens and apostrophes: nothing in it means anything else in a pattern. */
export function patternOf(phrase: string): string {
  return phrase.replaceAll(" ", "\\s+");
}
