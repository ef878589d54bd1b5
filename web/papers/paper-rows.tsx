import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { paperPath } from "../router/route.ts";
import { MathText } from "../ui/math-text.tsx";
import { byLine } from "./by-line.ts";
import type { PaperList } from "./use-paper-list.ts";

/** Pixels of a row before it has been measured. */
const ROW = 68;
/** Rows drawn beyond the window, and rows before the last at which the next ones are loaded. */
const BEYOND = 8;
const LOAD_BEFORE = 25;
/** Tags shown of a paper. */
const TAGS = 4;

/** Where the list of each query was left. */
const offsets = new Map<string, number>();

/** The rows that the window shows, of as many as there are. */
export function PaperRows({ list, onEnd }: { readonly list: PaperList; readonly onEnd: () => void }) {
  const { papers, total = 0, query } = list;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: papers.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: BEYOND,
    getItemKey: (at) => papers[at]?.id ?? at,
    initialOffset: offsets.get(query) ?? 0,
    onChange: ({ scrollOffset }) => {
      offsets.clear();
      offsets.set(query, scrollOffset ?? 0);
    },
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= papers.length - LOAD_BEFORE) onEnd();
  }, [last, papers.length, onEnd]);

  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
    if (step === undefined || row === null) return;
    event.preventDefault();
    const next = Number(row.dataset.index) + step;
    rows.scrollToIndex(next);
    scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"] a`)?.focus();
  };

  return (
    <div className="papers-list" ref={scroller}>
      <ul style={{ height: rows.getTotalSize() }} onKeyDown={walk}>
        {shown.map(({ index, key, start }) => {
          const paper = papers[index];
          if (paper === undefined) return null;
          const about = byLine(paper);
          return (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              aria-setsize={total}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              <a className="papers-title" dir="auto" href={paperPath(paper.id)}>
                <MathText text={paper.title} />
              </a>
              {about !== "" && (
                <p className="papers-about" dir="auto">
                  {about}
                </p>
              )}
              <Tags tags={paper.tags} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Tags({ tags = [] }: { readonly tags?: readonly string[] | undefined }) {
  if (tags.length === 0) return null;
  return (
    <p className="papers-tags">
      {tags.slice(0, TAGS).map((tag) => (
        <span key={tag}>{tag}</span>
      ))}
    </p>
  );
}
