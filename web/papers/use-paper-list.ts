import { useCallback, useEffect, useRef, useState } from "react";
import type { Paper } from "../../src/protocol.ts";
import { client } from "../state/client.ts";
import { corpusVersion } from "../state/corpus.ts";
import { useStore } from "../state/store.ts";
import type { PapersSearch } from "./papers-search.ts";

/** Papers asked for at a time: three windows full. */
const PAGE = 50;

export interface PaperList {
  readonly search: PapersSearch | undefined;
  /** Of the corpus that it was asked of. */
  readonly version: number;
  readonly papers: readonly Paper[];
  /** How many there are in all, of which `papers` are the first. */
  readonly total: number | undefined;
  readonly cursor: string | undefined;
  readonly failure: unknown;
}

const NOTHING: PaperList = {
  search: undefined,
  version: 0,
  papers: [],
  total: undefined,
  cursor: undefined,
  failure: undefined,
};

/** Kept while the page is open, so that who comes back from a paper finds the list as it was. */
let kept = NOTHING;

/** The papers that match by name, page by page. What matched before stays until the new ones are there. */
export function usePaperList(search: PapersSearch): {
  list: PaperList;
  loadMore: () => void;
  retry: () => void;
} {
  const [list, setList] = useState(kept);
  const [attempt, setAttempt] = useState(0);
  const version = useStore(corpusVersion);
  /** The list whose next page has been asked for. */
  const asked = useRef<PaperList>(undefined);
  useEffect(() => {
    kept = list;
  }, [list]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is what it is to run again for
  useEffect(() => {
    const isSame = isLike(kept.search, search) && kept.version === version;
    if (isSame && kept.total !== undefined && kept.failure === undefined) return;
    const leaving = new AbortController();
    client
      .papers({ ...call(search), signal: leaving.signal })
      .then(({ papers, total, nextCursor }) =>
        setList({ search, version, papers, total, cursor: nextCursor, failure: undefined }),
      )
      .catch((failure: unknown) => {
        if (!leaving.signal.aborted) setList({ ...NOTHING, search, version, failure });
      });
    return () => leaving.abort();
  }, [search, version, attempt]);

  const loadMore = useCallback(() => {
    const { cursor, failure, search: shown } = list;
    if (cursor === undefined || shown === undefined || failure !== undefined || asked.current === list)
      return;
    asked.current = list;
    // Another query may have been asked meanwhile: then the list is another.
    const grow = (next: Partial<PaperList>) => setList((now) => (now === list ? { ...now, ...next } : now));
    client.papers({ ...call(shown), cursor }).then(
      ({ papers, nextCursor }) => grow({ papers: [...list.papers, ...papers], cursor: nextCursor }),
      (error: unknown) => grow({ failure: error }),
    );
  }, [list]);

  return { list, loadMore, retry: () => setAttempt(attempt + 1) };
}

function call({ query, sort, filter, corpus }: PapersSearch) {
  return { query: query.trim(), limit: PAGE, sort, filter, corpus };
}

function isLike(a: PapersSearch | undefined, b: PapersSearch): boolean {
  return a !== undefined && JSON.stringify(call(a)) === JSON.stringify(call(b));
}
