import type { Draft } from "./draft.ts";
import { isBlank, textIn } from "./texts.ts";

/** What sources call the members of a paper, the most telling first; in lower case, letters and digits alone. */
const ALIASES: Readonly<Record<Exclude<keyof Draft, "flags" | "marks">, string>> = {
  title:
    "title papertitle articletitle documenttitle displayname primarytitle titleprimary ti t1 titel titre titulo name",
  abstract:
    "abstract abstractnote abstracttext summary description ab n2 zusammenfassung resume resumen abstractstring",
  body: "body text fulltext bodytext content pdftext",
  authors:
    "authors author creators creator authorsparsed authornames authorlist au a1 autoren auteurs byline",
  year: "year publicationyear pubyear publishedyear date publicationdate pubdate published datepublished issued py y1 dp jahr updatedate",
  venue:
    "venue journal journalref publicationtitle containertitle sourcetitle journalname fulljournalname booktitle secondarytitle publication conferencename conference proceedingstitle source journaltitle t2 jo jf so publicationvenue publishedin bookname",
  url: "url link links paperurl articleurl landingpageurl pageurl urls websites ur uri",
  doi: "doi dois digitalobjectidentifier do l3 prismdoi",
  arxivId: "arxivid arxiv eprint arxivnumber arxivurl",
  tags: "tags keywords keyword authorkeywords categories subjects subject topics manualtags kw de fieldsofstudy",
};
const MEMBER_OF = new Map(
  Object.entries(ALIASES).flatMap(([member, names]) =>
    names.split(" ").map((name, rank) => [name, { member: member as keyof typeof ALIASES, rank }] as const),
  ),
);

/** The member of a paper that a column or member of this name stands for. */
export function memberNamed(name: string): { member: keyof typeof ALIASES; rank: number } | undefined {
  return MEMBER_OF.get(name.toLowerCase().replace(/[^a-z\d]+/g, ""));
}

/** A paper out of members by whatever names; of several for the same the most telling that says something. */
export function byAlias(members: Readonly<Record<string, unknown>>): Draft {
  const draft: Record<string, unknown> = {};
  const ranks: Record<string, number> = {};
  for (const [name, value] of Object.entries(members)) {
    const found = memberNamed(name);
    if (found === undefined) continue;
    const { member, rank } = found;
    const isBetter = rank < (ranks[member] ?? Number.POSITIVE_INFINITY) && !isBlank(value);
    if (!(isBetter || draft[member] === undefined)) continue;
    draft[member] = value;
    if (!isBlank(value)) ranks[member] = rank;
  }
  const id = members.id;
  const isArxivId = typeof id === "string" && /^\d{4}\.\d{4,5}(?:v\d+)?$/.test(id);
  return withFlags(members, isArxivId && isBlank(draft.arxivId) ? { ...draft, arxivId: id } : draft);
}

function withFlags(members: Readonly<Record<string, unknown>>, draft: Draft): Draft {
  const said = members.flags;
  const isRetracted = members.is_retracted === true || members.retracted === true;
  const flags = [
    ...(Array.isArray(said)
      ? said.flatMap((flag) => (typeof flag === "string" ? [flag.slice(0, 40)] : []))
      : []),
    ...(isRetracted ? ["retracted"] : []),
  ];
  return flags.length === 0 ? draft : { ...draft, flags: [...new Set(flags)].slice(0, 8) };
}

/** The first of several members that holds a text. */
export function firstText(...values: unknown[]): string | undefined {
  const found = values.find((value) => !isBlank(value) && textIn(value) !== undefined);
  return found === undefined ? undefined : textIn(found);
}
