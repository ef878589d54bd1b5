import { type Block, splitBlocks } from "./split-blocks.ts";
import { TOO_HEAVY, weigh } from "./weigh.ts";

/** Characters of plain text in one element, which browsers lay out only when it comes into view. */
const PIECE = 10_000;
/** Blocks of one answer; what follows them is plain text. */
const MOST_BLOCKS = 5000;
/** Plain text against Markdown: what a character weighs. */
const PLAIN_WEIGHT = 0.05;

export interface PlannedBlock extends Block {
  /** Shown as it is: too much to be drawn as Markdown. */
  readonly isPlain: boolean;
  readonly weight: number;
}

/** The blocks of a text, each either light enough to be drawn as Markdown or cut into pieces of plain text. */
export function planBlocks(text: string): PlannedBlock[] {
  const blocks = splitBlocks(text);
  const rest = blocks[MOST_BLOCKS]?.start;
  const planned = blocks.slice(0, MOST_BLOCKS).flatMap((block): PlannedBlock[] => {
    const weight = weigh(block.text);
    return weight < TOO_HEAVY ? [{ ...block, isPlain: false, weight }] : plainPieces(block);
  });
  return rest === undefined ? planned : [...planned, ...plainPieces({ start: rest, text: text.slice(rest) })];
}

function plainPieces({ start, text }: Block): PlannedBlock[] {
  const pieces: PlannedBlock[] = [];
  for (let at = 0; at < text.length; ) {
    const end = cutBefore(text, at, at + PIECE);
    const piece = text.slice(at, end);
    pieces.push({ start: start + at, text: piece, isPlain: true, weight: piece.length * PLAIN_WEIGHT });
    at = end;
  }
  return pieces;
}

/** Behind a line or a word where there is one, never within a character. */
function cutBefore(text: string, from: number, to: number): number {
  if (to >= text.length) return text.length;
  const found = text.lastIndexOf("\n", to - 1);
  if (found >= from) return found + 1;
  const space = text.lastIndexOf(" ", to - 1);
  if (space >= from) return space + 1;
  return /[\uDC00-\uDFFF]/.test(text[to] ?? "") ? to - 1 : to;
}
