import { isOrganisation } from "./organisation.ts";

/** A name as CSL has it: in parts, or one literal for an organisation. */
export interface CslName {
  readonly family?: string;
  readonly given?: string;
  readonly "non-dropping-particle"?: string;
  readonly suffix?: string;
  readonly literal?: string;
}

const SUFFIX = /^(?:Jr|Sr|II|III|IV|2nd|3rd|4th)\.?$/;
/** Put behind names, and no part of them. */
const DEGREE =
  /^(?:M\.?D|Ph\.?\s?D|M\.?Sc|B\.?Sc|M\.?A|B\.?A|M\.?P\.?H|M\.?B\.?A|R\.?N|D\.?Phil|Dr\.?\s?med|Prof|FRCP|FACS|MBBS|Esq)\.?$/i;
const TITLE = /^(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sir)\.?\s+(?=\S)/;
const PARTICLE = /^(?:\p{Ll}[\p{L}'’.]*|[dD]['’])$/u;
const INITIAL = /^(?:\p{Lu}\.?-?)+$/u;
/** PubMed's "Smith JA": up to four letters behind the family name. */
const LAST_INITIALS = /^\p{Lu}(?:-?\p{Lu}){0,3}$/u;
/** "Smith J.A.", "Иванов И. И.": with their stops, they may be told from a name anywhere. */
const STOPPED_INITIALS = /^\p{Lu}\.(?:\s?-?\p{Lu}\.){0,3}$/u;
/** What begins with one is "A. B. Tester". */
const OWN_INITIAL = /^\p{Lu}(?:\.|-?\p{Lu}\.|$)/u;
/** Family names that are written in capitals, and might be initials: "Jun LI". */
const SHORT_FAMILY =
  /^(?:LI|XU|WU|YU|HU|LU|MA|HE|NG|HO|LE|DO|VO|LO|OH|AN|BAI|CAI|CAO|DAI|DENG|DING|DONG|DU|FAN|FENG|FU|GAO|GUO|HAN|JIA|JIN|KIM|LAI|LEE|LEI|LIN|LIU|LUO|PAN|QIN|SHI|SUN|TAN|TANG|WANG|WEI|XIE|YAN|YANG|YE|YIN|ZHU|ZOU)$/;
/** Scripts in which the family name comes first. */
const FAMILY_FIRST = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}ー々]+$/u;
const AFFILIATION = /\s*[([](?!\d{0,3}[\])])[^()[\]]*[)\]]\s*$/;
/** Signs of footnotes behind a name within others: "Ada Tester1,2*, Bo Sample3". */
const INNER_MARKS = /(?<=\p{L})[\d*†‡§¶]+(?:,[\d*†‡§¶]+)*(?=\s?(?:,|;|$|and\s))/gu;
const MARKS = /[\d*†‡§¶¹²³⁴⁵⁶⁷⁸⁹⁰,]+$/u;
/** Letters of a name that is taken apart: what is longer is none. */
const LONGEST = 300;
const OTHERS = /^(?:et\.? al\.?|others|and others|\.{3}|…)$/i;

/**
 * The authors of a paper, in order, from the ways that sources write them: one name an item or many in one
 * string; "Given Family", "Family, Given", "Family GI", "{Organisation}", joined by commas, semicolons, "and" or "&".
 * Affiliations in brackets, degrees and "et al." are left out.
 */
export function authorNames(authors: readonly string[]): CslName[] {
  const names = authors
    .flatMap(splitNames)
    .map((name) => bare(name))
    .filter((name) => name !== "" && !OTHERS.test(name));
  // Among names that end in more than initials, "LI" is one too.
  const isInitialed = names.every(
    (name) => name.length > LONGEST || name.includes(",") || isOrganisation(name) || endsInInitials(name),
  );
  return names.map((name) => parseName(name, isInitialed));
}

/** The names in one text. */
export function splitNames(text: string): string[] {
  const joined = text
    .replace(/\s+/g, " ")
    .replace(INNER_MARKS, "")
    .replace(/,? et\.? al\.?$/i, "")
    .trim();
  if (/^\{[^{}]*\}$/.test(joined) || isOrganisation(joined)) return [joined];
  if (joined.includes(";")) return joined.split(";");
  return joined
    .replace(/\s?\([^()]*\)/g, "")
    .split(/,? (?:and|&) /)
    .flatMap(splitCommas);
}

/** Commas part names ("Simeon Ball, Joaquim Monserrat") or the halves of names ("Ball, S., Monserrat, J."). */
function splitCommas(text: string): string[] {
  const parts = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "" && !DEGREE.test(part));
  const last = parts.at(-1) ?? "";
  if (parts.length < 2) return parts;
  if (parts.length <= 3 && (SUFFIX.test(last) || SUFFIX.test(parts[1] ?? ""))) return [parts.join(", ")];
  const halves =
    parts.length % 2 === 0 && parts.every((part, at) => at % 2 === 1 || isFamily(part, parts[at + 1]));
  if (!halves) return parts;
  return parts.flatMap((part, at) => (at % 2 === 0 ? [`${part}, ${parts[at + 1] ?? ""}`] : []));
}

/** Whether `part` is a family name with its given name in `next`, rather than a whole name. */
function isFamily(part: string, next = ""): boolean {
  if (part.length > LONGEST || next.length > LONGEST) return false;
  if (endsInInitials(part) && endsInInitials(next) && part.includes(" ") && next.includes(" ")) return false;
  const words = part.split(" ");
  const nextWords = next.split(" ");
  const known = words.filter((word) => !PARTICLE.test(word));
  return known.length === 1 || nextWords.length === 1 || INITIAL.test(nextWords.at(-1) ?? "");
}

function bare(name: string): string {
  const trimmed = name.trim();
  if (trimmed.startsWith("{") || trimmed.length > LONGEST) return trimmed;
  return trimmed.replace(AFFILIATION, "").replace(MARKS, "").replace(TITLE, "").trim();
}

const endsInInitials = (name: string): boolean => {
  const words = withoutSuffix(name.split(" ")).words;
  return words.length > 1 && LAST_INITIALS.test(words.at(-1) ?? "");
};

function parseName(name: string, isInitialed: boolean): CslName {
  if (name.length > LONGEST) return { literal: name };
  const braced = /^\{([^{}]*)\}$/.exec(name)?.[1];
  if (braced !== undefined) return { literal: braced };
  if (isOrganisation(name) || !/[\s,]/.test(name)) return { literal: name };
  const parts = name.split(",").map((part) => part.trim());
  const suffix = parts.find((part, at) => at > 0 && SUFFIX.test(part));
  const rest = parts.filter((part) => part !== suffix && part !== "");
  const [first = "", given] = rest;
  if (given !== undefined) {
    // "Beethoven, Ludwig van": the particle stands behind.
    const words = given.split(" ");
    const behind = words.findLastIndex((word) => !PARTICLE.test(word)) + 1;
    const particles = behind > 0 ? words.slice(behind) : [];
    return named(
      [...particles, ...first.split(" ")],
      words.slice(0, words.length - particles.length).join(" "),
      suffix,
    );
  }
  const { words, suffix: ownSuffix } = withoutSuffix(first.split(" "));
  const [family, givenWords] = parted(words, isInitialed);
  return named(family, givenWords.join(" "), suffix ?? ownSuffix);
}

function withoutSuffix(words: readonly string[]): { words: string[]; suffix?: string } {
  const last = words.at(-1) ?? "";
  return words.length > 2 && SUFFIX.test(last)
    ? { words: words.slice(0, -1), suffix: last }
    : { words: [...words] };
}

/** Words of the family name, and of the given. */
function parted(words: readonly string[], isInitialed: boolean): [family: string[], given: string[]] {
  const last = words.at(-1) ?? "";
  const [head = ""] = words;
  const stoppedFrom = words.findIndex(
    (_, at) => at > 0 && at >= words.length - 4 && STOPPED_INITIALS.test(words.slice(at).join(" ")),
  );
  if (stoppedFrom > 0 && !OWN_INITIAL.test(head))
    return [words.slice(0, stoppedFrom), words.slice(stoppedFrom)];
  const isCapitalFamily = SHORT_FAMILY.test(last) && !isInitialed;
  if (words.length > 1 && LAST_INITIALS.test(last) && !OWN_INITIAL.test(head) && !isCapitalFamily) {
    return [words.slice(0, -1), [last]];
  }
  if (FAMILY_FIRST.test(words.join(""))) return [words.slice(0, 1), words.slice(1)];
  const familyAt = firstOfFamily(words);
  return [words.slice(familyAt), words.slice(0, familyAt)];
}

/** Index of the last run of particles after the given name ("Aäron |van den Oord"), else of the last word. */
function firstOfFamily(words: readonly string[]): number {
  let at = words.findLastIndex((word, place) => place > 0 && place < words.length - 1 && PARTICLE.test(word));
  if (at === -1) return words.length - 1;
  while (at > 1 && PARTICLE.test(words[at - 1] ?? "")) at--;
  // "Santiago Ramón y Cajal": it links two family names.
  return words[at] === "y" && at > 1 ? at - 1 : at;
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
