import { MAX_SCOPE_PAPERS } from "../protocol/limits.ts";
import type { Paper, Scope } from "../protocol.ts";
import type { RecordFilter } from "../question/record-filter.ts";

/**
 * A scope with the filter that was read out of a question. Authors are told by their papers, of which the newest count
 * where they are too many for a scope.
 * @param fitting the papers that pass both
 */
export function narrowedScope(
  scope: Scope | undefined,
  { authors, venue, yearFrom, yearTo }: RecordFilter,
  fitting: readonly Paper[],
): Scope | undefined {
  const venues = venue === undefined ? [] : [...new Set(fitting.map((paper) => paper.venue ?? ""))];
  const [only] = venues;
  const isByIds = authors.length > 0 || venues.length > 1;
  const given = scope?.filter ?? {};
  const from = greatest(given.yearFrom, yearFrom);
  const to = least(given.yearTo, yearTo);
  const filter = {
    ...given,
    ...(from === undefined ? {} : { yearFrom: from }),
    ...(to === undefined ? {} : { yearTo: to }),
    ...(only === undefined || venues.length > 1 ? {} : { venue: only }),
  };
  const newest = [...fitting].sort((a, b) => (b.year ?? 0) - (a.year ?? 0)).slice(0, MAX_SCOPE_PAPERS);
  const narrowed = {
    ...scope,
    ...(isByIds ? { paperIds: newest.map(({ id }) => id) } : {}),
    ...(Object.keys(filter).length === 0 ? {} : { filter }),
  };
  return Object.keys(narrowed).length === 0 ? undefined : narrowed;
}

const greatest = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
const least = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
