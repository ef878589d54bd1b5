import { useEffect, useMemo, useRef } from "react";
import { ADD_PATH } from "../router/route.ts";
import { toProblem } from "../state/problem.ts";
import { Problem } from "../ui/problem.tsx";
import { useTitle } from "../ui/use-title.ts";
import { FilterBar } from "./filter-bar.tsx";
import { beginningOf, matchOf } from "./paper-excerpt.ts";
import { PaperRows, type Row } from "./paper-rows.tsx";
import { formatSearch, MAX_QUERY, type PapersSearch } from "./papers-search.ts";
import { SelectionBar } from "./selection-bar.tsx";
import { useFacets } from "./use-facets.ts";
import { useMeaning } from "./use-meaning.ts";
import { type PaperList, usePaperList } from "./use-paper-list.ts";
import { usePapersSearch } from "./use-papers-search.ts";
import "./papers.css";

/** Papers found by name that stand above those found by meaning. */
const FEW = 5;

/** All papers of the corpus, found as one types: at once by title and author, then by what they are about. */
export function PapersView() {
  const { search, change } = usePapersSearch();
  const { list, loadMore, retry } = usePaperList(search);
  const meaning = useMeaning(search);
  const facets = useFacets(search);
  const field = useRef<HTMLInputElement>(null);
  useTitle("Papers");
  useEffect(() => {
    // Where a finger writes, a focus would open the keyboard over the list.
    if (matchMedia("(hover: hover)").matches) field.current?.focus({ preventScroll: true });
  }, []);
  const rows = useMemo(
    () => rowsOf(list, meaning.results, search, (byName) => change({ byName })),
    [list, meaning.results, search, change],
  );
  const isWhole = search.query.trim() === "" || search.byName;
  const failure = list.failure ?? meaning.failure;
  return (
    <section className="papers-page" aria-labelledby="papers-title">
      <header className="papers-head">
        <div className="papers-title-row">
          <h1 id="papers-title">Papers</h1>
          <a className="button" href={ADD_PATH}>
            Add papers
          </a>
        </div>
        <input
          type="search"
          dir="auto"
          id="find-paper"
          ref={field}
          className="papers-find"
          aria-label="Find papers by title, author or meaning"
          placeholder="Find by title, author or meaning"
          autoComplete="off"
          spellCheck={false}
          maxLength={MAX_QUERY}
          value={search.query}
          onChange={({ target }) => change({ query: target.value }, "replace")}
          onKeyDown={(event) => {
            if (event.key !== "ArrowDown") return;
            event.preventDefault();
            document.querySelector<HTMLElement>(".papers-list a")?.focus();
          }}
        />
        <FilterBar search={search} facets={facets} onChange={change} />
        <p role="status" className="papers-count">
          {sayHowMany(list)}
        </p>
      </header>
      {failure !== undefined && (
        <div className="papers-notice">
          <Problem
            problem={toProblem(failure)}
            onRetry={() => {
              retry();
              meaning.retry();
            }}
          />
        </div>
      )}
      {list.total !== undefined && (
        <PaperRows
          key={`${list.search === undefined ? "" : formatSearch(list.search)} ${isWhole}`}
          name={formatSearch(search)}
          rows={rows}
          onEnd={isWhole ? loadMore : nothing}
        />
      )}
      <SelectionBar />
    </section>
  );
}

const nothing = (): void => {};

/** @param onNames shows those found by name alone, or no longer */
function rowsOf(
  { papers, total = 0 }: PaperList,
  meaning: ReturnType<typeof useMeaning>["results"],
  { query, byName }: PapersSearch,
  onNames: (byName: boolean) => void,
): Row[] {
  const rowOf = (paper: PaperList["papers"][number]): Row => ({
    kind: "paper",
    key: paper.id,
    paper,
    excerpt: beginningOf(paper),
  });
  if (query.trim() === "") return papers.map(rowOf);
  const back = { label: "By meaning too", run: () => onNames(false) };
  const head: Row = {
    kind: "head",
    key: "names",
    text: "By title or author",
    action: byName ? back : undefined,
  };
  if (byName) return [head, ...papers.map(rowOf)];
  const all = { label: `All ${total.toLocaleString("en")} by title or author`, run: () => onNames(true) };
  const few = papers.slice(0, FEW);
  const named: Row[] = [{ ...head, action: total > few.length ? all : undefined }, ...few.map(rowOf)];
  const found = meaning.map(
    (result): Row => ({
      kind: "paper",
      key: `meaning ${result.paper.id}`,
      paper: result.paper,
      excerpt: matchOf(result, query),
    }),
  );
  return [
    ...(few.length === 0 ? [] : named),
    ...(found.length === 0 ? [] : [{ kind: "head", key: "meaning", text: "By meaning" } as const, ...found]),
  ];
}

function sayHowMany({ total, search }: PaperList): string {
  const query = search?.query.trim() ?? "";
  if (total === undefined) return "";
  if (total === 0)
    return query === "" ? "There are no such papers." : `No title and no author matches “${query}”.`;
  const papers = total === 1 ? "1 paper" : `${total.toLocaleString("en")} papers`;
  return query === "" ? papers : `${papers} found by title or author`;
}
