import { useEffect, useState } from "react";
import type { Facets } from "../../src/protocol.ts";
import { client } from "../state/client.ts";
import { corpusVersion } from "../state/corpus.ts";
import { useStore } from "../state/store.ts";
import type { PapersSearch } from "./papers-search.ts";

/** Kept while the page is open, as the list is. */
let kept: Facets | undefined;

/**
 * By what the papers can be narrowed further. Whatever is looked for: what is found by meaning is not among what is found
 * by name, and a key press need not count all papers again.
 */
export function useFacets({ filter, corpus }: PapersSearch): Facets | undefined {
  const [facets, setFacets] = useState(kept);
  const version = useStore(corpusVersion);
  const narrowed = JSON.stringify({ filter, corpus });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other papers are there with another version
  useEffect(() => {
    const leaving = new AbortController();
    const asked = JSON.parse(narrowed) as Pick<PapersSearch, "filter" | "corpus">;
    client.papers({ ...asked, limit: 1, facets: true, signal: leaving.signal }).then(
      (page) => {
        kept = page.facets;
        setFacets(kept);
      },
      // The list says what failed.
      () => {},
    );
    return () => leaving.abort();
  }, [narrowed, version]);
  return facets;
}
