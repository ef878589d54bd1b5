import { memo, useMemo, useRef } from "react";
import type { Answer, Citation } from "../../src/protocol.ts";
import { MarkdownBlock } from "./markdown-block.tsx";
import type { NotesOptions } from "./remark-notes.ts";
import { type Block, splitBlocks } from "./split-blocks.ts";

interface Props {
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly unsupported: Answer["unsupported"];
}

/** An answer's Markdown. While it grows, only the block at its end, and one that gets a note, is drawn anew. */
export const AnswerText = memo(({ text, citations, unsupported }: Props) => {
  const blocks = useMemo(() => splitBlocks(text), [text]);
  const kept = useRef(new Map<number, NotesOptions>());
  return blocks.map((block) => {
    const notes = same(kept.current.get(block.start), notesOf(block, citations, unsupported));
    kept.current.set(block.start, notes);
    return <MarkdownBlock key={block.start} text={block.text} {...notes} />;
  });
});

function notesOf(
  { start, text }: Block,
  citations: readonly Citation[],
  unsupported: Answer["unsupported"],
): NotesOptions {
  const touches = (span: { start: number; end: number }) =>
    span.start < start + text.length && span.end > start;
  return {
    offset: start,
    citations: citations.filter(({ claim }) => touches(claim)),
    unsupported: unsupported.filter(touches),
  };
}

/** The one there was, if it says the same: a block with it need not be drawn anew. */
function same(before: NotesOptions | undefined, now: NotesOptions): NotesOptions {
  if (before === undefined) return now;
  const isSame =
    before.citations.length === now.citations.length &&
    before.unsupported.length === now.unsupported.length &&
    now.citations.every((citation, at) => {
      const old = before.citations[at];
      return (
        old?.id === citation.id &&
        old.claim.start === citation.claim.start &&
        old.claim.end === citation.claim.end
      );
    }) &&
    now.unsupported.every((span, at) => before.unsupported[at]?.start === span.start);
  return isSame ? before : now;
}
