import type { PaperFilter, PaperOrder, Scope } from "../../src/protocol.ts";

/** What the page of papers shows, all of which its address holds. */
export interface PapersSearch {
  readonly query: string;
  /** Whether only titles and authors are looked at, and all that match are listed. */
  readonly byName: boolean;
  readonly sort: PaperOrder;
  readonly filter: PaperFilter;
  readonly corpus?: string | undefined;
}

/** Characters of a query: as many as the server takes. */
export const MAX_QUERY = 500;

export function parseSearch(search: string): PapersSearch {
  const given = new URLSearchParams(search);
  const text = (name: string) => given.get(name)?.slice(0, 200) || undefined;
  const year = (name: string) => {
    const value = given.get(name) ?? "";
    return /^\d{1,4}$/.test(value) ? Number(value) : undefined;
  };
  const sort = given.get("sort");
  const all = { yearFrom: year("from"), yearTo: year("to"), venue: text("venue") };
  const some = (name: string) => given.getAll(name).filter(Boolean).slice(0, 20);
  const lists = { tags: some("tag"), authors: some("author") };
  const filter = Object.fromEntries([
    ...Object.entries(all).filter(([, value]) => value !== undefined),
    ...Object.entries(lists).filter(([, values]) => values.length > 0),
  ]) as PaperFilter;
  return {
    query: (given.get("q") ?? "").slice(0, MAX_QUERY),
    byName: given.get("in") === "names",
    sort: sort === "year" || sort === "title" ? sort : "relevance",
    filter,
    corpus: text("corpus"),
  };
}

/** "?q=…", or nothing where all papers are shown. */
export function formatSearch({ query, byName, sort, filter, corpus }: PapersSearch): string {
  const { yearFrom, yearTo, venue, tags = [], authors = [] } = filter;
  const given = new URLSearchParams();
  const pairs: readonly (readonly [string, string | number | undefined])[] = [
    ["q", query],
    ["in", byName ? "names" : undefined],
    ["sort", sort === "relevance" ? undefined : sort],
    ["from", yearFrom],
    ["to", yearTo],
    ["venue", venue],
    ...tags.map((tag) => ["tag", tag] as const),
    ...authors.map((author) => ["author", author] as const),
    ["corpus", corpus],
  ];
  for (const [name, value] of pairs) {
    if (value !== undefined && value !== "") given.append(name, String(value));
  }
  return given.size === 0 ? "" : `?${given}`;
}

/** For a search by meaning; undefined where nothing is left out. */
export function scopeOfSearch({ filter, corpus }: PapersSearch): Scope | undefined {
  const hasFilter = Object.keys(filter).length > 0;
  if (!hasFilter && corpus === undefined) return undefined;
  return { ...(hasFilter ? { filter } : {}), ...(corpus === undefined ? {} : { corpus }) };
}
