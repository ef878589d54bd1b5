import { Fragment } from "react";
import { typeset } from "../../src/protocol/wording.ts";
import { Formula } from "../markdown/formula.tsx";

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span of the text to be lit; `name` tells it apart, `current` is the one that is looked at. */
export interface Lit extends Span {
  readonly name?: string;
  readonly current?: boolean;
}

interface Piece extends Span {
  readonly text: string;
  readonly tex?: string;
}

const FORMULA = /\$\$?(?! )([^$\n]+?)(?<! )\$\$?(?!\d)/g;

/** Plain text of a paper, with its formulas drawn and some spans of it lit. Never Markdown, never HTML. */
export function MathText({ text, lit = [] }: { readonly text: string; readonly lit?: readonly Lit[] }) {
  return pieces(text, lit).map((piece) => {
    const content = piece.tex === undefined ? typeset(piece.text) : <Formula tex={piece.tex} />;
    const mark = lit.findLast(({ start, end }) => start < piece.end && piece.start < end);
    const current = lit.some((one) => one.current && one.start < piece.end && piece.start < one.end);
    if (mark === undefined) return <Fragment key={piece.start}>{content}</Fragment>;
    return (
      <mark key={piece.start} data-name={mark.name} data-current={current || undefined}>
        {content}
      </mark>
    );
  });
}

/** The text cut at its formulas, and elsewhere where a lit span begins or ends. */
function pieces(text: string, lit: readonly Lit[]): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(FORMULA)) {
    const end = match.index + match[0].length;
    found.push(...plain(text, at, match.index, lit), {
      start: match.index,
      end,
      text: match[0],
      tex: match[1] ?? "",
    });
    at = end;
  }
  return [...found, ...plain(text, at, text.length, lit)];
}

function plain(text: string, from: number, to: number, lit: readonly Lit[]): Piece[] {
  const inside = lit.flatMap(({ start, end }) => [start, end]).filter((edge) => from < edge && edge < to);
  const edges = [...new Set([from, ...inside, to])].sort((a, b) => a - b);
  return edges.slice(0, -1).flatMap((start, index) => {
    const end = edges[index + 1] ?? to;
    return end > start ? [{ start, end, text: text.slice(start, end) }] : [];
  });
}
