import type { Paper } from "../protocol.ts";
import type { RecordFilter } from "../question/record-filter.ts";
import { fold } from "../text/fold.ts";
import { terms } from "../text/terms.ts";
import { nextTurn } from "../util/turns.ts";

/** Papers between two of which waiting requests come through: a few milliseconds of stemming. */
const AT_ONCE = 200;
/** Letters that a word keeps in every form: most texts need not be taken apart. */
const STEM_HEAD = 3;

/** Those that fit the filter and have every word of the topic in title or abstract, in corpus order. */
export async function fittingPapers(
  papers: readonly Paper[],
  filter: RecordFilter,
  topic: string,
  signal?: AbortSignal,
): Promise<Paper[]> {
  const wanted = [...new Set(terms(topic))];
  const fitting: Paper[] = [];
  for (const [at, paper] of papers.entries()) {
    if (wanted.length > 0 && at % AT_ONCE === AT_ONCE - 1) await nextTurn(signal);
    if (fits(paper, filter) && mentions(paper, wanted)) fitting.push(paper);
  }
  return fitting;
}

function fits(paper: Paper, { authors, venue, yearFrom, yearTo }: RecordFilter): boolean {
  const { year = Number.NaN } = paper;
  return (
    authors.every((author) => author.papers.has(paper)) &&
    (venue === undefined || venue.papers.has(paper)) &&
    (yearFrom === undefined || year >= yearFrom) &&
    (yearTo === undefined || year <= yearTo)
  );
}

function mentions({ title, abstract }: Paper, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  const text = fold(`${title} ${abstract}`);
  if (!wanted.every((term) => text.includes(term.slice(0, STEM_HEAD)))) return false;
  const said = new Set(terms(text));
  return wanted.every((term) => said.has(term));
}
