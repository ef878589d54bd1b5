import { type ReactNode, useEffect, useRef } from "react";
import { paperPath } from "../router/route.ts";
import { client } from "../state/client.ts";
import { notify } from "../state/notice.ts";
import { toProblem } from "../state/problem.ts";
import { scope } from "../state/scope.ts";
import { useStore } from "../state/store.ts";
import { Boundary } from "../ui/boundary.tsx";
import { copy } from "../ui/copy.ts";
import { giveBackFocus } from "../ui/give-back-focus.ts";
import { Icon } from "../ui/icon.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { MathText } from "../ui/math-text.tsx";
import { Problem } from "../ui/problem.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { useMedia } from "../ui/use-media.ts";
import { byline, WeakSupport } from "./note-card.tsx";
import { type OpenSource, openSource } from "./open-source.ts";
import { paperLinks } from "./paper-links.ts";
import { QuoteList } from "./quote-list.tsx";
import { usePaper } from "./use-paper.ts";

/** Where an answer's paper is read: beside the answer on a wide screen, over it on a narrow one. */
export function SourcePanel() {
  const open = useStore(openSource);
  const isWide = useMedia("(min-width: 72rem)");
  const close = () => openSource.set(undefined);
  if (open === undefined) return null;
  const source = (
    <Boundary of={open} fallback={<Failed onClose={close} />}>
      <Source open={open} onClose={close} />
    </Boundary>
  );
  if (isWide) return <Aside onClose={close}>{source}</Aside>;
  return (
    <Sheet label="Source" className="side" onClose={close}>
      {source}
    </Sheet>
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

function Aside({ onClose, children }: { readonly onClose: () => void; readonly children: ReactNode }) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const giveBack = giveBackFocus();
    panel.current?.focus({ preventScroll: true });
    return giveBack;
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) onClose();
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
        {/* Stays while the quote is scrolled to, where the heading is out of sight. */}
        <p className="kicker">
          {open.note === undefined ? "" : `${open.note.marker} · `}
          <bdi>{open.title}</bdi>
        </p>
        <IconButton icon="close" label="Close the source" onClick={onClose} />
      </header>
      <h2 dir="auto">
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
          <p className="abstract" dir="auto" ref={abstract}>
            <MathText text={paper.abstract} lit={lit} />
          </p>
          <Links hrefs={paperLinks(paper)} />
          <QuoteList open={open} />
          <Related papers={related} />
        </>
      )}
    </>
  );
}

function Links({ hrefs }: { readonly hrefs: ReturnType<typeof paperLinks> }) {
  if (hrefs.length === 0) return null;
  return (
    <ul className="source-links" aria-label="Links">
      {hrefs.map(({ href, label }) => (
        <li key={href}>
          <a href={href} target="_blank" rel="noopener noreferrer">
            {label}
            <Icon name="out" />
          </a>
        </li>
      ))}
    </ul>
  );
}

function Related({ papers }: { readonly papers: ReturnType<typeof usePaper>["related"] }) {
  if (papers.length === 0) return null;
  return (
    <section className="related">
      <h3>Related papers</h3>
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
