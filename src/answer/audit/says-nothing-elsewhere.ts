import { createRequire } from "node:module";
import { fitting } from "../../question/phrases.ts";

/** UTF-16 code units: a refusal is a sentence or two, what is longer answers something. */
const LONGEST = 300;

/** By language what a model was given, as it calls it, and what denies. */
const refusals = createRequire(import.meta.url)("../../question/refusals.json") as Readonly<
  Record<string, { readonly given: string; readonly denial: string }>
>;
/** Languages that part no words. */
const UNPARTED = new Set(["zh", "ja", "ko"]);

/**
 * Whether a text without any note says in another language than English that the sources do not say: it is short,
 * speaks of the sources, and denies. Of a text with notes this would be too little: "the sources show that X does not".
 */
export function saysNothingElsewhere(text: string): boolean {
  if (text.length > LONGEST) return false;
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const holds = (language: string, list: string) =>
    UNPARTED.has(language)
      ? list.split(" ").some((part) => text.includes(part))
      : words.some(fitting(list.replaceAll(" ", "|")));
  return Object.entries(refusals).some(
    ([language, { given, denial }]) => holds(language, given) && holds(language, denial),
  );
}
