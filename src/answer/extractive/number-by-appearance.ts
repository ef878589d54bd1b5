/** Numbers the sources as a reader meets them: [1] is the first that the answer cites. */
import type { Source } from "../../protocol.ts";
import type { Piece } from "./compose.ts";

interface Numbered {
  /** By number: those that are cited in the order of their first note, then the others as they ranked. */
  readonly sources: readonly Source[];
  readonly pieces: readonly Piece[];
}

export function numberByAppearance(ranked: readonly Source[], pieces: readonly Piece[]): Numbered {
  const cited = pieces.flatMap((piece) => (typeof piece === "string" ? [] : [piece.paper.id]));
  const order = [...new Set([...cited, ...ranked.map(({ paper }) => paper.id)])];
  const byId = new Map(ranked.map((source) => [source.paper.id, source]));
  const sources = order.flatMap((id, at) => {
    const source = byId.get(id);
    return source === undefined ? [] : [{ ...source, marker: at + 1 }];
  });
  const numbered = new Map(sources.map((source) => [source.paper.id, source]));
  return {
    sources,
    pieces: pieces.map((piece) =>
      typeof piece === "string" ? piece : { ...piece, source: numbered.get(piece.paper.id) ?? piece.source },
    ),
  };
}
