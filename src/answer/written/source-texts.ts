/** What of the sources goes to the model: the best passages that fit, never cut inside a sentence. */

import { readPaper } from "../../corpus/read-paper.ts";
import type { Paper, Source } from "../../protocol.ts";
import type { SentenceSpan } from "../../text/sentences.ts";
import { estimateTokens } from "../../util/strings.ts";

/** Tokens of a source beside its title and sentences: fences, number, year, line breaks. */
const FRAME_TOKENS = 24;
/** Stands where sentences were left out. */
const GAP = "…";

interface Piece extends SentenceSpan {
  readonly paper: Paper;
  readonly tokens: number;
}

/**
 * The text of each source that got room, by its marker. First every source's best passages in rank order, then what is
 * left of the abstracts in the same order: with little room many sources say their most fitting sentences, not one all.
 * @param budget tokens
 */
export function sourceTexts(
  sources: readonly Source[],
  paper: (id: string) => Paper,
  budget: number,
): Map<number, string> {
  const chosen = new Map<number, Set<Piece>>();
  let room = budget;
  const all = sources.map((source) => ({ source, pieces: piecesOf(paper(source.paper.id)) }));
  const take = ({ marker, paper: { title } }: Source, piece: Piece): void => {
    const own = chosen.get(marker);
    const tokens = piece.tokens + (own === undefined ? FRAME_TOKENS + estimateTokens(title) : 0);
    if (own?.has(piece) || tokens > room) return;
    room -= tokens;
    if (own === undefined) chosen.set(marker, new Set([piece]));
    else own.add(piece);
  };
  for (const { source, pieces } of all) {
    for (const passage of source.passages) {
      for (const piece of pieces)
        if (passage.field === "abstract" && isWithin(piece, passage)) take(source, piece);
    }
  }
  for (const { source, pieces } of all) for (const piece of pieces) take(source, piece);
  return new Map(
    all.flatMap(({ source: { marker }, pieces }) => {
      const own = chosen.get(marker);
      return own === undefined ? [] : [[marker, join(pieces, own)] as const];
    }),
  );
}

function piecesOf(paper: Paper): Piece[] {
  return readPaper(paper).sentences.map(({ start, end, text }) => ({
    start,
    end,
    paper,
    tokens: estimateTokens(text) + 1,
  }));
}

function isWithin(piece: SentenceSpan, passage: SentenceSpan): boolean {
  return piece.start >= passage.start && piece.end <= passage.end;
}

function join(pieces: readonly Piece[], chosen: ReadonlySet<Piece>): string {
  const parts: string[] = [];
  for (const piece of pieces) {
    if (chosen.has(piece)) parts.push(piece.paper.abstract.slice(piece.start, piece.end));
    else if (parts.at(-1) !== GAP) parts.push(GAP);
  }
  return parts.join(" ");
}
