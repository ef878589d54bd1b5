/** What is said from the records: how many papers there are, which, and what one says of itself. */

import { authorNames } from "../corpus/names/author-names.ts";
import { CATALOGUE } from "../protocol/wording.ts";
import type { Paper, Source } from "../protocol.ts";
import type { CatalogueQuestion, RecordAspect } from "../question/records/catalogue-question.ts";
import type { RecordFilter } from "../question/records/record-filter.ts";
import type { RecordNames } from "../question/records/record-names.ts";
import { escapeMarkdown } from "../util/strings.ts";
import type { ComposedAnswer } from "./answerer.ts";

export interface CatalogueAnswer {
  /** Markdown. */
  readonly text: string;
  /** Those it names, in order. */
  readonly papers: readonly Paper[];
  /** Whether the records have what is asked. */
  readonly known: boolean;
}

export function composeCatalogue({
  text,
  papers,
  known,
}: CatalogueAnswer): ComposedAnswer & { sources: Source[] } {
  const sources = papers.map(({ abstract: _, ...paper }, at) => ({
    marker: at + 1,
    paper,
    score: 1,
    passages: [],
  }));
  const confidence = known ? "high" : "none";
  return {
    text,
    citations: [],
    sources,
    confidence,
    unsupported: [],
    model: "extractive",
    shape: "catalogue",
  };
}

/** Titles that are listed. */
const LISTED = 20;
/** Of the newest and the oldest. */
const EXTREMES = 5;

interface Listing {
  readonly asked: CatalogueQuestion;
  /** Those that were asked, in corpus order. */
  readonly papers: readonly Paper[];
  /** Those of them that fit filter and topic. */
  readonly fitting: readonly Paper[];
  readonly names: RecordNames;
}

/** How many papers there are, and which: said from their records. */
export function listPapers({ asked, papers, fitting, names }: Listing): CatalogueAnswer {
  const lack = lacking(asked, names);
  if (lack !== undefined) return { text: lack, papers: [], known: false };
  const answer = listFitting({ asked, papers, fitting, names });
  const limits = kindsAsked(asked).flatMap((kind) => {
    const having = papers.filter(HAS[kind]).length;
    return having < papers.length ? [CATALOGUE.only(having, papers.length, kind)] : [];
  });
  return { ...answer, text: [answer.text, ...limits].join("\n\n") };
}

const HAS = {
  years: ({ year }: Paper) => year !== undefined,
  authors: ({ authors = [] }: Paper) => authors.length > 0,
  venues: ({ venue }: Paper) => venue !== undefined,
} as const;

/** What of the records the question is about. */
function kindsAsked({ asks, filter }: CatalogueQuestion): (keyof typeof HAS)[] {
  const { authors, venue, yearFrom, yearTo } = filter;
  const isDated = yearFrom !== undefined || yearTo !== undefined || asks === "newest" || asks === "oldest";
  return [
    ...(isDated ? (["years"] as const) : []),
    ...(authors.length > 0 ? (["authors"] as const) : []),
    ...(venue === undefined ? [] : (["venues"] as const)),
  ];
}

function listFitting({ asked, papers, fitting }: Listing): CatalogueAnswer {
  const { asks, topic } = asked;
  const ordered = byYear(fitting);
  if (asks === "newest" || asks === "oldest") return extremes(asks, ordered, asked);
  const filter = filterText(asked.filter);
  const isAll = filter === "" && topic === "";
  const head = isAll
    ? CATALOGUE.all(papers.length, papers.filter(HAS.years).length, yearsOf(papers))
    : CATALOGUE.some(fitting.length, papers.length, filter, escapeMarkdown(topic));
  if (fitting.length === 0) return { text: `${head}.`, papers: [], known: !isUnknown(asked) };
  if (isAll && asks === "count") return { text: `${head}.`, papers: [], known: true };
  return listed(head, ordered, LISTED);
}

/** What the records would have to name and none does; what is left can be asked. */
export function lacking(asked: CatalogueQuestion, names: RecordNames): string | undefined {
  const known = { years: names.hasYears, authors: names.hasAuthors, venues: names.hasVenues };
  const missing = kindsAsked(asked).filter((kind) => !known[kind]);
  if (missing.length === 0) return undefined;
  const without = CATALOGUE.without(missing.map((kind) => CATALOGUE.kinds[kind]));
  return asked.asks === "papers"
    ? `${without} ${CATALOGUE.askWithout(escapeMarkdown(asked.question))}`
    : without;
}

/** A name that no record has. */
function isUnknown({ filter: { authors, venue } }: CatalogueQuestion): boolean {
  return [...authors, ...(venue === undefined ? [] : [venue])].some((named) => named.papers.size === 0);
}

function extremes(
  asks: "newest" | "oldest",
  newestFirst: readonly Paper[],
  asked: CatalogueQuestion,
): CatalogueAnswer {
  const dated = newestFirst.filter(({ year }) => year !== undefined);
  const ordered = asks === "newest" ? dated : dated.reverse();
  const filter = filterText(asked.filter);
  if (ordered.length === 0)
    return { text: `${CATALOGUE.some(0, newestFirst.length, filter, "")}.`, papers: [], known: false };
  const year = ordered[0]?.year ?? 0;
  const first = ordered.filter((paper) => paper.year === year);
  const shown = first.length > 1 ? first : ordered.slice(0, EXTREMES);
  const head = CATALOGUE.extreme(asks, first.length, year, filter, shown.length > first.length);
  return listed(head, shown, LISTED);
}

function listed(head: string, papers: readonly Paper[], most: number): CatalogueAnswer {
  const shown = papers.slice(0, most);
  const lines = shown.map((paper, at) => `${at + 1}. ${paperLine(paper)}`);
  const more = papers.length - shown.length;
  const text = [`${head}:`, lines.join("\n"), ...(more > 0 ? [CATALOGUE.more(more)] : [])].join("\n\n");
  return { text, papers: shown, known: true };
}

/** Newest first; those without a year last, in corpus order. */
function byYear(papers: readonly Paper[]): Paper[] {
  return [...papers].sort(
    (a, b) => (b.year ?? Number.NEGATIVE_INFINITY) - (a.year ?? Number.NEGATIVE_INFINITY) || 0,
  );
}

function yearsOf(papers: readonly Paper[]): { from: number; to: number } | undefined {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { year } of papers) {
    if (year === undefined) continue;
    from = Math.min(from, year);
    to = Math.max(to, year);
  }
  return to < from ? undefined : { from, to };
}

// What the record of one paper says, and the papers that are near it.

/** Where code is kept. */
const CODE_HOST =
  /^https?:\/\/(?:[\w-]+\.)*(?:github\.(?:com|io)|gitlab\.com|bitbucket\.org|huggingface\.co|codeberg\.org|zenodo\.org|sourceforge\.net|colab\.research\.google\.com)\//i;
/** Links that are shown. */
const LINKS = 10;

/** @param related the papers nearest to it, where those are asked for */
export function describeRecord(
  paper: Paper,
  aspects: readonly RecordAspect[],
  related: readonly Paper[],
): CatalogueAnswer {
  const title = escapeMarkdown(paper.title);
  if (aspects.includes("related")) return near(title, related);
  const told = aspects.map((aspect) => ({ aspect, fact: factOf(paper, aspect) }));
  const known = told.filter(({ fact }) => fact !== "");
  const missing = told
    .filter(({ fact }) => fact === "")
    .map(({ aspect }) => CATALOGUE.missing[aspect as keyof typeof CATALOGUE.missing]);
  const isCode = missing.length === 1 && told.length === 1 && aspects[0] === "code";
  const lack =
    missing.length === 0 ? [] : [isCode ? CATALOGUE.noCode(title) : CATALOGUE.recordLacks(title, missing)];
  // Who asks when may want to know who: the rest of the record follows.
  const others = (["authors", "year", "venue", "links"] as const).filter(
    (aspect) => !aspects.includes(aspect),
  );
  const rest = others.map((aspect) => factOf(paper, aspect)).filter((fact) => fact !== "");
  const lines = [...known.map(({ fact }) => fact), ...(known.length === 0 ? [] : rest)];
  const facts = lines.length === 0 ? [] : [`*${title}*:`, lines.map((line) => `- ${line}`).join("\n")];
  return { text: [...facts, ...lack].join("\n\n"), papers: [paper], known: known.length > 0 };
}

function factOf(paper: Paper, aspect: RecordAspect): string {
  const { authors = [], year, venue } = paper;
  if (aspect === "authors")
    return authors.length === 0 ? "" : `${CATALOGUE.fact.authors} ${allAuthors(authors)}`;
  if (aspect === "year") return year === undefined ? "" : `${CATALOGUE.fact.year} ${year}`;
  if (aspect === "venue")
    return venue === undefined ? "" : `${CATALOGUE.fact.venue} ${escapeMarkdown(venue)}`;
  const links = aspect === "code" ? linksOf(paper).filter((link) => CODE_HOST.test(link)) : linksOf(paper);
  const label = aspect === "code" ? CATALOGUE.fact.code : CATALOGUE.fact.links;
  return links.length === 0 ? "" : `${label} ${links.join(", ")}`;
}

function linksOf({ url, links = [], doi, arxivId }: Paper): string[] {
  const all = [
    ...(url === undefined ? [] : [url]),
    ...(arxivId === undefined ? [] : [`https://arxiv.org/abs/${arxivId}`]),
    ...(doi === undefined ? [] : [`https://doi.org/${encodeURI(doi)}`]),
    ...links,
  ];
  return [...new Set(all)].filter((link) => /^https?:\/\/[^\s<>]+$/i.test(link)).slice(0, LINKS);
}

function near(title: string, related: readonly Paper[]): CatalogueAnswer {
  if (related.length === 0) return { text: CATALOGUE.noneNear(title), papers: [], known: false };
  const lines = related.map((paper, at) => `${at + 1}. ${paperLine(paper)}`);
  return { text: [CATALOGUE.near(title), lines.join("\n")].join("\n\n"), papers: related, known: true };
}

// Records in words.

/** Authors that are named; of more the first, "et al.". */
const NAMED_AUTHORS = 3;
/** Authors named where they are asked for. */
const ALL_AUTHORS = 50;

/** "*Title* (Ada Tester, Bo Sample, 2021)". */
function paperLine({ title, authors = [], year }: Paper): string {
  const facts = [
    ...(authors.length === 0 ? [] : [namesOf(authors, NAMED_AUTHORS)]),
    ...(year === undefined ? [] : [String(year)]),
  ];
  return `*${escapeMarkdown(title)}*${facts.length === 0 ? "" : ` (${facts.join(", ")})`}`;
}

function allAuthors(authors: readonly string[]): string {
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
function filterText({ authors, venue, yearFrom, yearTo }: RecordFilter): string {
  const years = yearFrom === undefined && yearTo === undefined ? [] : [CATALOGUE.years(yearFrom, yearTo)];
  return [
    ...(authors.length === 0 ? [] : [CATALOGUE.by(authors.map(({ name }) => escapeMarkdown(name)))]),
    ...years,
    ...(venue === undefined ? [] : [CATALOGUE.in(escapeMarkdown(venue.name))]),
  ].join(", ");
}
