import { useCallback, useEffect, useRef, useState } from "react";
import type { Paper } from "../../src/protocol.ts";
import { client } from "../state/client.ts";

/** Papers asked for at a time: three windows full. */
const PAGE = 50;

export interface PaperList {
  readonly query: string;
  readonly papers: readonly Paper[];
  /** How many there are in all, of which `papers` are the first. */
  readonly total: number | undefined;
  readonly cursor: string | undefined;
  readonly failure: unknown;
}

const NOTHING: PaperList = { query: "", papers: [], total: undefined, cursor: undefined, failure: undefined };

/** Kept while the page is open, so that who comes back from a paper finds the list as it was. */
let kept = NOTHING;

/** The papers that match `query`, page by page. What matched before stays until the new ones are there. */
export function usePaperList(query: string): { list: PaperList; loadMore: () => void; retry: () => void } {
  const [list, setList] = useState(kept);
  const [attempt, setAttempt] = useState(0);
  const loading = useRef(false);
  useEffect(() => {
    kept = list;
  }, [list]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is what it is to run again for
  useEffect(() => {
    if (kept.query === query && kept.total !== undefined && kept.failure === undefined) return;
    const leaving = new AbortController();
    client
      .papers({ query, limit: PAGE, signal: leaving.signal })
      .then(({ papers, total, nextCursor }) =>
        setList({ query, papers, total, cursor: nextCursor, failure: undefined }),
      )
      .catch((failure: unknown) => {
        if (!leaving.signal.aborted) setList({ ...NOTHING, query, failure });
      });
    return () => leaving.abort();
  }, [query, attempt]);

  const loadMore = useCallback(() => {
    const { query: asked, cursor } = list;
    if (cursor === undefined || loading.current) return;
    loading.current = true;
    client
      .papers({ query: asked, limit: PAGE, cursor })
      .then(({ papers, nextCursor }) => {
        setList((now) =>
          // Another query has been asked meanwhile.
          now.cursor === cursor && now.query === asked
            ? { ...now, papers: [...now.papers, ...papers], cursor: nextCursor }
            : now,
        );
      })
      .catch((failure: unknown) => setList((now) => ({ ...now, failure })))
      .finally(() => {
        loading.current = false;
      });
  }, [list]);

  return { list, loadMore, retry: () => setAttempt(attempt + 1) };
}

/** The query that the list shows, for who comes back to it. */
export function lastQuery(): string {
  return kept.query;
}
