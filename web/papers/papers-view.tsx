import { useEffect, useRef, useState } from "react";
import { ADD_PATH } from "../router/route.ts";
import { toProblem } from "../state/problem.ts";
import { Problem } from "../ui/problem.tsx";
import { useTitle } from "../ui/use-title.ts";
import { PaperRows } from "./paper-rows.tsx";
import { lastQuery, type PaperList, usePaperList } from "./use-paper-list.ts";
import "./papers.css";

/** All papers of the corpus, found as one types. */
export function PapersView() {
  const [query, setQuery] = useState(lastQuery);
  const { list, loadMore, retry } = usePaperList(query.trim());
  const field = useRef<HTMLInputElement>(null);
  useTitle("Papers");
  useEffect(() => {
    // Where a finger writes, a focus would open the keyboard over the list.
    if (matchMedia("(hover: hover)").matches) field.current?.focus({ preventScroll: true });
  }, []);
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
          aria-label="Find papers by title or author"
          placeholder="Find by title or author"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={({ target }) => setQuery(target.value)}
          onKeyDown={(event) => {
            if (event.key !== "ArrowDown") return;
            event.preventDefault();
            document.querySelector<HTMLElement>(".papers-list a")?.focus();
          }}
        />
        <p role="status" className="papers-count">
          {sayHowMany(list)}
        </p>
      </header>
      {list.failure !== undefined && (
        <div className="papers-notice">
          <Problem problem={toProblem(list.failure)} onRetry={retry} />
        </div>
      )}
      {list.total !== undefined && <PaperRows key={list.query} list={list} onEnd={loadMore} />}
    </section>
  );
}

function sayHowMany({ total, query }: PaperList): string {
  if (total === undefined) return "";
  if (total === 0)
    return query === "" ? "There are no papers yet." : `No title and no author matches “${query}”.`;
  const papers = total === 1 ? "1 paper" : `${total.toLocaleString("en")} papers`;
  return query === "" ? papers : `${papers} found`;
}
