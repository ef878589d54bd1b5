/** How many papers there are, and which: said from their records. */
import { CATALOGUE } from "../../protocol/wording.ts";
import type { Paper } from "../../protocol.ts";
import type { CatalogueQuestion } from "../../question/catalogue-question.ts";
import type { RecordNames } from "../../question/record-names.ts";
import { escapeMarkdown } from "../../util/strings.ts";
import type { CatalogueAnswer } from "./catalogue-answer.ts";
import { filterText, paperLine } from "./record-text.ts";

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

export function listPapers({ asked, papers, fitting, names }: Listing): CatalogueAnswer {
  const lack = lacking(asked, names);
  if (lack !== undefined) return { text: lack, papers: [], known: false };
  const { asks, topic } = asked;
  const ordered = byYear(fitting);
  if (asks === "newest" || asks === "oldest") return extremes(asks, ordered, asked);
  const filter = filterText(asked.filter);
  const isAll = filter === "" && topic === "";
  const head = isAll
    ? CATALOGUE.all(papers.length, yearsOf(papers))
    : CATALOGUE.some(fitting.length, papers.length, filter, escapeMarkdown(topic));
  if (fitting.length === 0) return { text: `${head}.`, papers: [], known: !isUnknown(asked) };
  if (isAll && asks === "count") return { text: `${head}.`, papers: [], known: true };
  return listed(head, ordered, LISTED);
}

/** What the records would have to name and none does; what is left can be asked. */
export function lacking(
  { asks, filter, question }: CatalogueQuestion,
  names: RecordNames,
): string | undefined {
  const { authors, venue, yearFrom, yearTo } = filter;
  const isDated = yearFrom !== undefined || yearTo !== undefined || asks === "newest" || asks === "oldest";
  const missing = [
    ...(isDated && !names.hasYears ? [CATALOGUE.kinds.years] : []),
    ...(authors.length > 0 && !names.hasAuthors ? [CATALOGUE.kinds.authors] : []),
    ...(venue !== undefined && !names.hasVenues ? [CATALOGUE.kinds.venues] : []),
  ];
  if (missing.length === 0) return undefined;
  return (
    CATALOGUE.without(missing) +
    (asks === "papers" ? ` ${CATALOGUE.askWithout(escapeMarkdown(question))}` : "")
  );
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
