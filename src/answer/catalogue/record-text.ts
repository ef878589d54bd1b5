/** Records in words. */

import { authorNames } from "../../corpus/names/author-names.ts";
import { CATALOGUE } from "../../protocol/wording.ts";
import type { Paper } from "../../protocol.ts";
import type { RecordFilter } from "../../question/record-filter.ts";
import { escapeMarkdown } from "../../util/strings.ts";

/** Authors that are named; of more the first, "et al.". */
const NAMED_AUTHORS = 3;
/** Authors named where they are asked for. */
const ALL_AUTHORS = 50;

/** "*Title* (Ada Tester, Bo Sample, 2021)". */
export function paperLine({ title, authors = [], year }: Paper): string {
  const facts = [
    ...(authors.length === 0 ? [] : [namesOf(authors, NAMED_AUTHORS)]),
    ...(year === undefined ? [] : [String(year)]),
  ];
  return `*${escapeMarkdown(title)}*${facts.length === 0 ? "" : ` (${facts.join(", ")})`}`;
}

export function allAuthors(authors: readonly string[]): string {
  return namesOf(authors, ALL_AUTHORS);
}

function namesOf(authors: readonly string[], most: number): string {
  const names = authorNames(authors).map((name) =>
    [name.given, name["non-dropping-particle"], name.family ?? name.literal, name.suffix]
      .filter((part) => part !== undefined)
      .join(" "),
  );
  const shown = (names.length > most ? names.slice(0, Math.max(1, most - 2)) : names).map(escapeMarkdown);
  return names.length > most ? `${shown.join(", ")} et al.` : shown.join(", ");
}

/** "by Ada Tester, from 2021 on, in *Night Ecology*". */
export function filterText({ authors, venue, yearFrom, yearTo }: RecordFilter): string {
  const years = yearFrom === undefined && yearTo === undefined ? [] : [CATALOGUE.years(yearFrom, yearTo)];
  return [
    ...(authors.length === 0 ? [] : [CATALOGUE.by(authors.map(({ name }) => escapeMarkdown(name)))]),
    ...years,
    ...(venue === undefined ? [] : [CATALOGUE.in(escapeMarkdown(venue.name))]),
  ].join(", ");
}
