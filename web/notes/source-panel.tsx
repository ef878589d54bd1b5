import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { placeOf } from "../../src/protocol/wording.ts";
import type { Citation } from "../../src/protocol.ts";
import { paperPath } from "../router/route.ts";
import { client } from "../state/client.ts";
import { notify } from "../state/notice.ts";
import { toProblem } from "../state/problem.ts";
import { scope } from "../state/scope.ts";
import { useStore } from "../state/store.ts";
import { Boundary } from "../ui/boundary.tsx";
import { copy } from "../ui/copy.ts";
import { giveBackFocus } from "../ui/give-back-focus.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { MathText } from "../ui/math-text.tsx";
import { Problem } from "../ui/problem.tsx";
import { BodyExcerpt } from "./body-excerpt.tsx";
import { byline, WeakSupport } from "./note-card.tsx";
import { closeSource, type OpenSource, openSource } from "./open-source.ts";
import { QuoteList } from "./quote-list.tsx";
import { SourceLinks } from "./source-links.tsx";
import { usePaper } from "./use-paper.ts";

/** Pixels of the panel's own head, which stays. */
const HEAD = 48;

/** Where an answer's paper is read: beside the answer on a wide screen, below it on a narrow one, in half of the window. */
export function SourcePanel() {
  const open = useStore(openSource);
  if (open === undefined) return null;
  return (
    <Aside of={open} onClose={closeSource}>
      <Boundary of={open} fallback={<Failed onClose={closeSource} />}>
        <Source open={open} onClose={closeSource} />
      </Boundary>
    </Aside>
  );
}

function Failed({ onClose }: { readonly onClose: () => void }) {
  return (
    <>
      <header className="source-head">
        <p className="kicker" />
        <IconButton icon="close" label="Close the source" onClick={onClose} />
      </header>
      <Problem problem={{ message: "This paper cannot be shown.", retryable: false }} />
    </>
  );
}

interface AsideProps {
  readonly of: OpenSource;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

function Aside({ of, onClose, children }: AsideProps) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const giveBack = giveBackFocus();
    panel.current?.focus({ preventScroll: true });
    return giveBack;
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: for every note that is opened
  useEffect(() => {
    // The answer has less room now: its note stays in view.
    const frame = requestAnimationFrame(() => {
      document.querySelector("[data-opened]")?.scrollIntoView({ block: "nearest", behavior: "instant" });
    });
    return () => cancelAnimationFrame(frame);
  }, [of]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A sheet over it closes by itself.
      const isBelow = document.querySelector("dialog[open]") !== null;
      if (event.key === "Escape" && !event.defaultPrevented && !isBelow) onClose();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onClose]);
  return (
    <aside className="source-panel" aria-label="Source" ref={panel} tabIndex={-1}>
      {children}
    </aside>
  );
}

function Source({ open, onClose }: { readonly open: OpenSource; readonly onClose: () => void }) {
  const { paper, related, problem, retry } = usePaper(open.paperId);
  const abstract = useRef<HTMLParagraphElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const isPastHeading = useOutOfSight(heading);
  const isStale =
    paper !== undefined && open.note !== undefined && open.note.paperRevision !== paper.revision;
  const lit = open.notes
    .filter(({ field, paperRevision }) => field === "abstract" && paperRevision === paper?.revision)
    .map(({ id, start, end }) => ({ name: id, start, end, current: id === open.note?.id }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when another quote is looked at, or its text has come
  useEffect(() => {
    const mark = abstract.current?.querySelector("[data-current]");
    mark?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }, [open.note, paper]);
  return (
    <>
      <header className="source-head">
        <p className="kicker">
          {open.note === undefined ? "Source" : kickerOf(open.note)}
          {/* While the heading is out of sight, where the quote was scrolled to. */}
          {isPastHeading ? (
            <>
              {" · "}
              <bdi>{open.title}</bdi>
            </>
          ) : null}
        </p>
        <IconButton icon="close" label="Close the source" onClick={onClose} />
      </header>
      <h2 dir="auto" ref={heading}>
        <a href={paperPath(open.paperId)}>
          <MathText text={open.title} />
        </a>
      </h2>
      {problem === undefined ? null : <Problem problem={problem} onRetry={retry} />}
      {paper === undefined ? null : (
        <>
          <p className="source-by" dir="auto">
            {byline(paper)}
          </p>
          <div className="source-actions">
            <button
              type="button"
              className="button primary"
              onClick={() => {
                scope.set({ papers: [{ id: paper.id, title: paper.title }] });
                onClose();
                requestAnimationFrame(() => document.querySelector<HTMLElement>("#question")?.focus());
              }}
            >
              Ask about this paper
            </button>
            <button type="button" className="button" onClick={() => void copyReference(paper.id)}>
              Copy BibTeX
            </button>
          </div>
          {isStale ? (
            <p className="stale" role="note">
              The paper has changed since this answer was written. Its notes quote the text as it was then.
            </p>
          ) : null}
          {open.note?.support === "weak" ? <WeakSupport /> : null}
          {open.note?.field === "body" ? (
            <BodyExcerpt key={open.note.id} open={open} note={open.note} />
          ) : null}
          <p className="abstract" dir="auto" ref={abstract}>
            <MathText text={paper.abstract} lit={lit} hasLinks />
          </p>
          <QuoteList open={open} />
          <SourceLinks paper={paper} />
          <Related papers={related} />
        </>
      )}
    </>
  );
}

/** Whether an element has been scrolled out of its panel, below the panel's own head. */
function useOutOfSight(element: RefObject<HTMLElement | null>): boolean {
  const [isOut, setOut] = useState(false);
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const root = current.closest(".source-panel");
    const watch = new IntersectionObserver(([entry]) => setOut(entry?.isIntersecting === false), {
      root,
      rootMargin: `-${HEAD}px 0px 0px`,
    });
    watch.observe(current);
    return () => watch.disconnect();
  }, [element]);
  return isOut;
}

/** "Note 2 · p. 7" */
function kickerOf(note: Citation): string {
  return [`Note ${note.marker}`, placeOf(note)].filter((part) => part !== "").join(" · ");
}

function Related({ papers }: { readonly papers: ReturnType<typeof usePaper>["related"] }) {
  if (papers.length === 0) return null;
  return (
    <section className="related">
      <h3>Similar papers</h3>
      <ul>
        {papers.map(({ paper }) => (
          <li key={paper.id}>
            <a href={paperPath(paper.id)} dir="auto">
              <MathText text={paper.title} />
            </a>
            <span>{byline(paper)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

async function copyReference(paperId: string): Promise<void> {
  try {
    await copy(await client.citation(paperId, "bibtex"), "the BibTeX reference");
  } catch (error) {
    notify(toProblem(error).message);
  }
}
