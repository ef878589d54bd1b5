import { lazy, Suspense } from "react";
import type { Answer, Citation, Source } from "../../src/protocol.ts";
import { useRoom } from "../markdown/use-room.tsx";
import { CARD_ID, NoteCard } from "../notes/note-card.tsx";
import { useNotes } from "../notes/use-notes.ts";

const loadText = () => import("../markdown/answer-text.tsx");
// Not needed for the first view, but soon after: it comes while nothing else does.
setTimeout(loadText, 0);
const AnswerText = lazy(async () => ({ default: (await loadText()).AnswerText }));

interface Props {
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly sources: readonly Source[];
  readonly unsupported: Answer["unsupported"];
  readonly busy?: boolean;
}

/** Until there is what draws Markdown. */
function PlainStart({ text }: Pick<Props, "text">) {
  return <p dir="auto">{useRoom(text).shown}</p>;
}

/** The text of an answer with its notes: chips that show their quote and light up their claim. */
export function AnswerBody({ text, citations, sources, unsupported, busy = false }: Props) {
  const { root, card, open, handlers } = useNotes({ text, citations });
  return (
    <>
      <div
        className="prose"
        ref={root}
        aria-busy={busy}
        aria-describedby={card.note === undefined ? undefined : CARD_ID}
        {...handlers}
      >
        <Suspense fallback={<PlainStart text={text} />}>
          <AnswerText text={text} citations={citations} unsupported={unsupported} />
        </Suspense>
      </div>
      <NoteCard {...card} sources={sources} onOpen={open} />
    </>
  );
}
