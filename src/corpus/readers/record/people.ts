import { type NameParts, personName } from "../../names/person-name.ts";
import { isBlank, membersOf, textIn } from "./texts.ts";

/** Members that hold the parts of a name: CSL and Crossref, Zotero, Mendeley, PubMed. */
const FAMILY = ["family", "lastName", "last_name", "LastName", "last", "surname", "familyName"];
const GIVEN = ["given", "firstName", "first_name", "ForeName", "first", "givenName", "forename"];
const BODY = ["literal", "CollectiveName", "collective_name"];
const WHOLE = [
  "name",
  "display_name",
  "full_name",
  "fullname",
  "fullName",
  "raw_author_name",
  "author_name",
  "value",
  "text",
];

/**
 * The names of authors in whatever form: texts, objects with a name or its parts, both in a list or alone.
 * @returns the names, and how many entries held none
 */
export function peopleIn(value: unknown): { names: string[]; unread: number } {
  const list = Array.isArray(value) ? value : (membersOf(value)?.value ?? value);
  const names: string[] = [];
  let unread = 0;
  for (const item of Array.isArray(list) ? list : [list]) {
    if (isBlank(item)) continue;
    const name = nameIn(item);
    if (name === undefined) unread++;
    else if (name !== "") names.push(name);
  }
  return { names, unread };
}

function nameIn(value: unknown): string | undefined {
  if (typeof value === "string") return value.trim();
  // arXiv's parsed names: [family, given, suffix, affiliation…].
  if (Array.isArray(value)) {
    const [family, given, suffix] = value.map((part) => (typeof part === "string" ? part : ""));
    return family === undefined ? undefined : personName({ family, given, suffix });
  }
  const members = membersOf(value);
  if (members === undefined) return undefined;
  const inner = membersOf(members.author);
  if (inner !== undefined) return nameIn(inner);
  const first = (names: readonly string[]): string | undefined => {
    const found = names.find((name) => typeof members[name] === "string" && members[name].trim() !== "");
    return found === undefined ? undefined : textIn(members[found]);
  };
  const [family, given] = [first(FAMILY), first(GIVEN)];
  // Crossref's organisations have a `name` like others' people, and their place in the list.
  const body = first(BODY) ?? (members.sequence === undefined ? undefined : first(["name"]));
  if (body !== undefined && family === undefined) return personName({ literal: body });
  if (family === undefined && given === undefined) return first(WHOLE) ?? whole(members);
  const parts: NameParts = {
    family,
    given,
    particle: textIn(members["non-dropping-particle"]) ?? textIn(members["dropping-particle"]),
    suffix: textIn(members.suffix) ?? textIn(members.Suffix),
  };
  return personName(parts);
}

const whole = (members: Readonly<Record<string, unknown>>): string | undefined =>
  members.name === undefined ? undefined : textIn(members.name);
