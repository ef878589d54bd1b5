import * as Popover from "@radix-ui/react-popover";
import type { RefObject } from "react";
import { placeOf } from "../../src/protocol/wording.ts";
import type { Citation, Source } from "../../src/protocol.ts";
import { paperPath } from "../router/route.ts";
import { MathText } from "../ui/math-text.tsx";
import { inContext } from "./in-context.ts";

interface Props {
  readonly note: Citation | undefined;
  readonly sources: readonly Source[];
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onOpen: (note: Citation) => void;
  readonly onClose: () => void;
  /** The pointer is on the card, which then stays; or it has left it. */
  readonly onHover: (over: boolean) => void;
}

export const CARD_ID = "note-card";

/** What a note says, beside its chip: the paper, and the quote within its passage. The focus stays on the chip. */
export function NoteCard({ note, sources, anchor, onOpen, onClose, onHover }: Props) {
  if (note === undefined) return null;
  const quote = inContext(note, sources);
  const paper = sources.find((source) => source.paper.id === note.paperId)?.paper;
  return (
    <Popover.Root open onOpenChange={(open) => open || onClose()}>
      <Popover.Anchor virtualRef={anchor as RefObject<HTMLElement>} />
      <Popover.Portal>
        <Popover.Content
          id={CARD_ID}
          className="note-card"
          role="group"
          aria-label={`Note ${note.marker}`}
          side="bottom"
          sideOffset={8}
          collisionPadding={12}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onPointerEnter={() => onHover(true)}
          onPointerLeave={() => onHover(false)}
        >
          <p className="note-title" dir="auto">
            <MathText text={note.title} />
          </p>
          <p className="note-by" dir="auto">
            {[byline(paper), placeOf(note)].filter((part) => part !== "").join(" · ")}
          </p>
          <blockquote dir="auto">
            <MathText text={quote.text} lit={[{ start: quote.start, end: quote.end }]} />
          </blockquote>
          {note.support === "weak" ? <WeakSupport /> : null}
          <p className="note-actions">
            <button type="button" className="button" tabIndex={-1} onClick={() => onOpen(note)}>
              Open the source
            </button>
            <a href={paperPath(note.paperId)} tabIndex={-1}>
              The paper’s page
            </a>
          </p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

export function WeakSupport() {
  return <p className="note-weak">Weak support: read the quote yourself before you rely on it.</p>;
}

/** "Liu, Ott et al. · 2019 · arXiv" */
export function byline(paper: Source["paper"] | undefined): string {
  if (paper === undefined) return "";
  const { authors = [], year, venue } = paper;
  const names = authors.length > 2 ? `${authors[0]} et al.` : authors.join(", ");
  return [names, year, venue].filter((part) => part !== undefined && part !== "").join(" · ");
}
