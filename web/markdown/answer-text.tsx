import { memo, startTransition, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import type { Answer, Citation } from "../../src/protocol.ts";
import { MarkdownBlock } from "./markdown-block.tsx";
import { PlainBlock } from "./plain-block.tsx";
import { type PlannedBlock, planBlocks } from "./plan-blocks.ts";
import type { NotesOptions } from "./remark-notes.ts";
import { useRoom } from "./use-room.tsx";
import { TOO_HEAVY } from "./weigh.ts";

interface Props {
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly unsupported: Answer["unsupported"];
}

/**
 * An answer's Markdown. While it grows, only the block at its end, and one that gets a note, is redrawn. What is too
 * much for that is shown as plain text, and a very long answer in steps.
 */
export const AnswerText = memo(({ text, citations, unsupported }: Props) => {
  const { shown, more } = useRoom(text);
  // Anyone who writes meanwhile need not wait for a long block.
  const settled = useDeferredValue(shown);
  const blocks = useMemo(() => planBlocks(settled), [settled]);
  const drawn = useDrawn(blocks);
  const claims = useMemo(() => byBlock(blocks, citations, ({ claim }) => claim), [blocks, citations]);
  const loose = useMemo(() => byBlock(blocks, unsupported, (span) => span), [blocks, unsupported]);
  const kept = useRef(new Map<number, NotesOptions>());
  return (
    <>
      {drawn.map((block, at) => {
        const { start: offset } = block;
        const next = { offset, citations: claims[at] ?? [], unsupported: loose[at] ?? [] };
        const notes = same(kept.current.get(offset), next);
        kept.current.set(offset, notes);
        return block.isPlain ? (
          <PlainBlock key={offset} text={block.text} offset={offset} citations={notes.citations} />
        ) : (
          <MarkdownBlock key={offset} text={block.text} {...notes} />
        );
      })}
      {more}
      {drawn.some(({ isPlain }) => isPlain) ? (
        <p className="plain-remark">
          Part of this answer is shown as plain text: it is too long, or nested too deeply, to be laid out.
        </p>
      ) : null}
    </>
  );
});

/** As many of the blocks as can be drawn at once, then more of them, step by step, whenever nothing is more urgent. */
function useDrawn(blocks: readonly PlannedBlock[]): readonly PlannedBlock[] {
  const [room, setRoom] = useState(TOO_HEAVY);
  let weight = 0;
  const end = blocks.findIndex((block) => {
    const isOver = weight >= room;
    weight += block.weight;
    return isOver;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the next step follows the one before
  useEffect(() => {
    if (end >= 0) startTransition(() => setRoom((before) => before + TOO_HEAVY));
  }, [end, room]);
  return end < 0 ? blocks : blocks.slice(0, end);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** For each block, the values whose span touches it. */
function byBlock<Value>(
  blocks: readonly PlannedBlock[],
  values: readonly Value[],
  spanOf: (value: Value) => Span,
): Value[][] {
  const found = blocks.map((): Value[] => []);
  for (const value of values) {
    const { start, end } = spanOf(value);
    for (let at = blockAt(blocks, start); at < blocks.length; at++) {
      const block = blocks[at];
      if (block === undefined || block.start >= end) break;
      if (block.start + block.text.length > start) found[at]?.push(value);
    }
  }
  return found;
}

/** The last block that begins at `offset` or before it. */
function blockAt(blocks: readonly PlannedBlock[], offset: number): number {
  let low = 0;
  let high = blocks.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

/** The one there was, if it says the same: a block with it need not be redrawn. */
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
