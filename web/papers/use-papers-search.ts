import { useCallback, useMemo, useSyncExternalStore } from "react";
import { NAVIGATED, navigate } from "../router/navigate.ts";
import { PAPERS_PATH } from "../router/route.ts";
import { formatSearch, type PapersSearch, parseSearch } from "./papers-search.ts";

/** The search of the address; kept for who comes back from a paper to all of them. */
let last = "";

/** The list as it was left. */
export const papersAddress = (): string => PAPERS_PATH + last;

export function usePapersSearch() {
  const address = useSyncExternalStore(subscribe, () => location.search);
  last = address;
  const search = useMemo(() => parseSearch(address), [address]);
  /** @param how "replace" while one types */
  const change = useCallback(
    (part: Partial<PapersSearch>, how: "push" | "replace" = "push") =>
      navigate(PAPERS_PATH + formatSearch({ ...parseSearch(location.search), ...part }), how),
    [],
  );
  return { search, change };
}

function subscribe(onChange: () => void): () => void {
  for (const event of ["popstate", NAVIGATED]) window.addEventListener(event, onChange);
  return () => {
    for (const event of ["popstate", NAVIGATED]) window.removeEventListener(event, onChange);
  };
}
