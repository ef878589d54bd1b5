/** A name as CSL has it: in parts, or one literal for an organisation. */
export interface CslName {
  readonly family?: string;
  readonly given?: string;
  readonly "non-dropping-particle"?: string;
  readonly suffix?: string;
  readonly literal?: string;
}

const SUFFIX = /^(?:Jr|Sr|II|III|IV)\.?$/;
const PARTICLE = /^(?:\p{Ll}[\p{L}'’.]*|[dD]['’])$/u;
const INITIAL = /^(?:\p{Lu}\.?-?)+$/u;
const ORGANISATION =
  /^The\s|\b(?:Collaboration|Consortium|Team|Group|Project|Workshop|Initiative|Institute|University|Labs?|Laboratory|Research|Inc|Ltd|AI)\.?$/u;

/**
 * The authors of a paper, in order, from the ways that sources write them: one name an item or many in one
 * string; "Given Family", "Family, Given", joined by commas, semicolons, "and" or "&". "et al." is left out.
 */
export function authorNames(authors: readonly string[]): CslName[] {
  return authors
    .flatMap(splitNames)
    .map((name) => name.trim())
    .filter((name) => name !== "" && !/^et\.? al\.?$/i.test(name))
    .map(parseName);
}

function splitNames(text: string): string[] {
  const joined = text.replace(/\s+/g, " ").replace(/,? et\.? al\.?$/i, "");
  if (joined.includes(";")) return joined.split(";");
  return joined.split(/,? (?:and|&) /).flatMap(splitCommas);
}

/** Commas part names ("Simeon Ball, Joaquim Monserrat") or the halves of names ("Ball, S., Monserrat, J."). */
function splitCommas(text: string): string[] {
  const parts = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const last = parts.at(-1) ?? "";
  if (parts.length < 2) return parts;
  if (parts.length <= 3 && SUFFIX.test(last)) return [parts.join(", ")];
  const halves =
    parts.length % 2 === 0 && parts.every((part, at) => at % 2 === 1 || isFamily(part, parts[at + 1]));
  if (!halves) return parts;
  return parts.flatMap((part, at) => (at % 2 === 0 ? [`${part}, ${parts[at + 1] ?? ""}`] : []));
}

/** Whether `part` is a family name with its given name in `next`, rather than a whole name. */
function isFamily(part: string, next = ""): boolean {
  const words = part.split(" ");
  const nextWords = next.split(" ");
  const bare = words.filter((word) => !PARTICLE.test(word));
  return bare.length === 1 || nextWords.length === 1 || INITIAL.test(nextWords.at(-1) ?? "");
}

function parseName(name: string): CslName {
  if (ORGANISATION.test(name) || !/[\s,]/.test(name)) return { literal: name };
  const parts = name.split(",").map((part) => part.trim());
  const suffix = parts.find((part, at) => at > 0 && SUFFIX.test(part));
  const rest = parts.filter((part) => part !== suffix);
  const [first = "", given] = rest;
  if (given !== undefined) return named(first.split(" "), given, suffix);
  const words = first.split(" ");
  const ownSuffix = words.length > 2 && SUFFIX.test(words.at(-1) ?? "") ? words.pop() : undefined;
  const familyAt = firstOfFamily(words);
  return named(words.slice(familyAt), words.slice(0, familyAt).join(" "), suffix ?? ownSuffix);
}

/** Index of the first particle after the given name ("Aäron |van den Oord"), else of the last word. */
function firstOfFamily(words: readonly string[]): number {
  const particle = words.findIndex((word, at) => at > 0 && at < words.length - 1 && PARTICLE.test(word));
  return particle === -1 ? words.length - 1 : particle;
}

function named(familyWords: readonly string[], given: string, suffix: string | undefined): CslName {
  const bareAt = familyWords.findIndex((word) => !PARTICLE.test(word));
  const particles = familyWords.slice(0, Math.max(bareAt, 0)).join(" ");
  return {
    family: familyWords.slice(Math.max(bareAt, 0)).join(" "),
    ...(given === "" ? {} : { given }),
    ...(particles === "" ? {} : { "non-dropping-particle": particles }),
    ...(suffix === undefined ? {} : { suffix }),
  };
}
