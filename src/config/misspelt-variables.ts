import { isMisspelt } from "../util/is-misspelt.ts";

/**
 * A warning for each variable that is set and looks like one of ours which is not.
 * @param given without those that are empty
 */
export function misspeltVariables(
  given: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
): readonly string[] {
  return Object.keys(given).flatMap((name) => {
    if (known.has(name)) return [];
    const spelt = name.toUpperCase().replaceAll(/[-.]/g, "_");
    const meant = [...known].find((each) => given[each] === undefined && isMisspelt(spelt, each));
    return meant === undefined ? [] : [`${name} is set and means nothing here: is ${meant} meant?`];
  });
}
