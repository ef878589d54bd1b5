import { useCallback, useEffect, useRef, useState } from "react";
import type { Paper } from "../../src/protocol.ts";
import { client } from "../state/client.ts";
import { corpusVersion } from "../state/corpus.ts";
import { useStore } from "../state/store.ts";

/** Papers asked for at a time: three windows full. */
const PAGE = 50;

export interface PaperList {
  readonly query: string;
  /** Of the corpus that it was asked of. */
  readonly version: number;
  readonly papers: readonly Paper[];
  /** How many there are in all, of which `papers` are the first. */
  readonly total: number | undefined;
  readonly cursor: string | undefined;
  readonly failure: unknown;
}

const NOTHING: PaperList = {
  query: "",
  version: 0,
  papers: [],
  total: undefined,
  cursor: undefined,
  failure: undefined,
};

/** Kept while the page is open, so that who comes back from a paper finds the list as it was. */
let kept = NOTHING;

/** The papers that match `query`, page by page. What matched before stays until the new ones are there. */
export function usePaperList(query: string): { list: PaperList; loadMore: () => void; retry: () => void } {
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
    const isSame = kept.query === query && kept.version === version;
    if (isSame && kept.total !== undefined && kept.failure === undefined) return;
    const leaving = new AbortController();
    client
      .papers({ query, limit: PAGE, signal: leaving.signal })
      .then(({ papers, total, nextCursor }) =>
        setList({ query, version, papers, total, cursor: nextCursor, failure: undefined }),
      )
      .catch((failure: unknown) => {
        if (!leaving.signal.aborted) setList({ ...NOTHING, query, version, failure });
      });
    return () => leaving.abort();
  }, [query, version, attempt]);

  const loadMore = useCallback(() => {
    const { cursor, failure } = list;
    if (cursor === undefined || failure !== undefined || asked.current === list) return;
    asked.current = list;
    // Another query may have been asked meanwhile: then the list is another.
    const grow = (next: Partial<PaperList>) => setList((now) => (now === list ? { ...now, ...next } : now));
    client.papers({ query: list.query, limit: PAGE, cursor }).then(
      ({ papers, nextCursor }) => grow({ papers: [...list.papers, ...papers], cursor: nextCursor }),
      (error: unknown) => grow({ failure: error }),
    );
  }, [list]);

  return { list, loadMore, retry: () => setAttempt(attempt + 1) };
}

/** The query that the list shows, for who comes back to it. */
export function lastQuery(): string {
  return kept.query;
}
