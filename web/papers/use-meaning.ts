import { useEffect, useState } from "react";
import type { SearchResult } from "../../src/protocol.ts";
import { client } from "../state/client.ts";
import { corpusVersion } from "../state/corpus.ts";
import { useStore } from "../state/store.ts";
import { type PapersSearch, scopeOfSearch } from "./papers-search.ts";

/** Papers shown by meaning. */
const SHOWN = 30;
/** Milliseconds after the last key: titles come at once, the question is read when it stands. */
const PAUSE_MS = 120;

interface Found {
  readonly search: PapersSearch;
  /** Of the corpus that it was asked of. */
  readonly version: number;
  readonly results: readonly SearchResult[];
  readonly failure?: unknown;
}

const NONE: readonly SearchResult[] = [];

/** Kept while the page is open, as the list of titles is. */
let kept: Found | undefined;

/** The papers that are about what was asked for, best first; those of the search before stay until the new ones are there. */
export function useMeaning(search: PapersSearch): {
  results: readonly SearchResult[];
  failure: unknown;
  retry: () => void;
} {
  const [found, setFound] = useState(kept);
  const version = useStore(corpusVersion);
  const [attempt, setAttempt] = useState(0);
  const isAsked = search.query.trim() !== "" && !search.byName;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other papers are there with another version
  useEffect(() => {
    const isThere = kept?.search === search && kept.version === version && kept.failure === undefined;
    if (!isAsked || isThere) return;
    const leaving = new AbortController();
    const set = (next: Pick<Found, "results" | "failure">) => {
      kept = { search, version, ...next };
      setFound(kept);
    };
    const ask = async () => {
      try {
        const scope = scopeOfSearch(search);
        const body = { query: search.query.trim(), limit: SHOWN, ...(scope && { scope }) };
        set(await client.search(body, { signal: leaving.signal }));
      } catch (failure) {
        if (!leaving.signal.aborted) set({ results: [], failure });
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [search, isAsked, version, attempt]);
  const retry = () => setAttempt(attempt + 1);
  return isAsked && found !== undefined
    ? { results: found.results, failure: found.failure, retry }
    : { results: NONE, failure: undefined, retry };
}
