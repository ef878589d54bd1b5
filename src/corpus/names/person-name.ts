import { authorNames, type CslName } from "./author-names.ts";

export interface NameParts {
  readonly family?: string | undefined;
  readonly given?: string | undefined;
  readonly particle?: string | undefined;
  readonly suffix?: string | undefined;
  /** An organisation, or a name that is not taken apart. */
  readonly literal?: string | undefined;
}

const PARTICLES_BEHIND = /\S\s((?:\p{Ll}[\p{L}'’.]{0,9}\s){0,3}\p{Ll}[\p{L}'’.]{0,9})$/u;

/** Letters of a name past which it is not read back: records take none that is longer (readers/record/record-bounds.ts). */
const LONGEST_READ_BACK = 400;

/**
 * A name in one text that is read back into the same parts: "Ada Tester" where that is clear, else "García Márquez,
 * Gabriel". An organisation that does not look like one stands in braces.
 */
export function personName(parts: NameParts): string {
  const { family = "", given: all = "", particle: own = "", suffix = "", literal = "" } = trimmed(parts);
  // "Oord, Aäron van den": the particle stands behind the given name.
  const [, behind] = own === "" ? (PARTICLES_BEHIND.exec(all) ?? []) : [];
  const particle = behind ?? own;
  const given = behind === undefined ? all : all.slice(0, -behind.length).trim();
  if (family === "" && given === "") return organisation(literal);
  const whole = [particle, family].filter((part) => part !== "").join(" ");
  if (whole === "" || given === "") return organisation(whole === "" ? given : whole);
  const natural = [given, whole, suffix].filter((part) => part !== "").join(" ");
  const apart = [whole, ...(suffix === "" ? [] : [suffix]), given].join(", ");
  if (natural.length > LONGEST_READ_BACK) return apart;
  const [read, ...more] = authorNames([natural]);
  const isSame =
    more.length === 0 && read?.given === given && familyOf(read) === whole && (read.suffix ?? "") === suffix;
  return isSame ? natural : apart;
}

function organisation(name: string): string {
  const [read, ...more] = name.length > LONGEST_READ_BACK ? [] : authorNames([name]);
  return name === "" || (more.length === 0 && read?.literal === name)
    ? name
    : `{${name.replace(/[{}]/g, "")}}`;
}

const familyOf = ({ "non-dropping-particle": particle, family = "" }: CslName): string =>
  particle === undefined ? family : `${particle} ${family}`;

function trimmed(parts: NameParts): NameParts {
  return Object.fromEntries(
    Object.entries(parts).map(([key, value]) => [
      key,
      (value ?? "").replace(/[\s,;]+/g, (run: string) => (run.trim() === "" ? " " : run)).trim(),
    ]),
  );
}
