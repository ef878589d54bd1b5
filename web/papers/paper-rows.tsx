import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { Paper } from "../../src/protocol.ts";
import { paperPath } from "../router/route.ts";
import { useStore } from "../state/store.ts";
import { MathText } from "../ui/math-text.tsx";
import { byLine } from "./by-line.ts";
import type { Excerpt } from "./paper-excerpt.ts";
import { selectedPapers, toggleSelected } from "./selected-papers.ts";

/** Pixels of a row before it has been measured. */
const ROW = 112;
/** Rows drawn beyond the window, and rows before the last at which the next ones are loaded. */
const BEYOND = 8;
const LOAD_BEFORE = 25;
/** Tags shown of a paper. */
const TAGS = 4;

/** Where the list of each query was left. */
const offsets = new Map<string, number>();

/** A paper, or what stands over those that follow. */
export type Row =
  | { readonly kind: "paper"; readonly paper: Paper; readonly excerpt: Excerpt; readonly key: string }
  | {
      readonly kind: "head";
      readonly text: string;
      readonly key: string;
      readonly action?: { readonly label: string; readonly run: () => void } | undefined;
    };

interface Props {
  /** Names the list, to be found again where it was left. */
  readonly name: string;
  readonly rows: readonly Row[];
  readonly onEnd: () => void;
}

/** The rows that the window shows, of as many as there are. */
export function PaperRows({ name, rows, onEnd }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: BEYOND,
    getItemKey: (at) => rows[at]?.key ?? at,
    initialOffset: offsets.get(name) ?? 0,
    onChange: ({ scrollOffset }) => {
      offsets.clear();
      offsets.set(name, scrollOffset ?? 0);
    },
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - LOAD_BEFORE) onEnd();
  }, [last, rows.length, onEnd]);

  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
    if (step === undefined || row === null) return;
    event.preventDefault();
    let next = Number(row.dataset.index) + step;
    if (rows[next]?.kind === "head") next += step;
    virtual.scrollToIndex(next);
    scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"] a`)?.focus();
  };

  return (
    <div className="papers-list" ref={scroller}>
      <ul style={{ height: virtual.getTotalSize() }} onKeyDown={walk}>
        {shown.map(({ index, key, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              data-kind={row.kind}
              style={{ transform: `translateY(${start}px)` }}
            >
              {row.kind === "head" ? <Head {...row} /> : <PaperRow paper={row.paper} excerpt={row.excerpt} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Head({ text, action }: Extract<Row, { kind: "head" }>) {
  return (
    <div className="papers-section">
      <h2>{text}</h2>
      {action === undefined ? null : (
        <button type="button" className="button" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  );
}

function PaperRow({ paper, excerpt }: { readonly paper: Paper; readonly excerpt: Excerpt }) {
  const about = byLine(paper);
  const isSelected = useStore(selectedPapers).has(paper.id);
  return (
    <div className="papers-row">
      <label className="papers-tick">
        <input
          type="checkbox"
          aria-label={`Select ${paper.title}`}
          checked={isSelected}
          onChange={() => toggleSelected(paper)}
        />
      </label>
      <div className="papers-what">
        <a className="papers-title" dir="auto" href={paperPath(paper.id)}>
          <MathText text={paper.title} />
        </a>
        {about !== "" && (
          <p className="papers-about" dir="auto">
            {about}
          </p>
        )}
        <p className="papers-excerpt" dir="auto" data-lit={excerpt.lit.length > 0 || undefined}>
          <MathText text={excerpt.text} lit={excerpt.lit} />
        </p>
        <Tags tags={paper.tags} />
      </div>
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
