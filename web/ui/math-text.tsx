import { Fragment } from "react";
import { typeset } from "../../src/protocol/wording.ts";
import { Formula } from "../markdown/formula.tsx";
import type { Lit } from "./lit.ts";

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Piece extends Span {
  readonly text: string;
  readonly tex?: string;
  readonly href?: string;
}

/** A formula between dollars, or an address of the web: up to the mark that ends its sentence. */
const SPECIAL =
  /\$\$?(?! )([^$\n]+?)(?<! )\$\$?(?!\d)|(?<![\p{L}\p{N}])(https?:\/\/[^\s<>"“”{}|\\^`]{1,500})/gu;
const MARKS_AT_END = /[.,;:!?'’)\]]{1,8}$/;

interface Props {
  readonly text: string;
  readonly lit?: readonly Lit[];
  /** Whether addresses of the web can be pressed: not within what is pressed itself. */
  readonly hasLinks?: boolean;
}

/** Plain text of a paper, with its formulas drawn and some spans of it lit. Never Markdown, never HTML. */
export function MathText({ text, lit = [], hasLinks = false }: Props) {
  return pieces(text, lit).map((piece) => {
    const content = drawn(piece, hasLinks);
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

function drawn({ text, tex, href }: Piece, hasLinks: boolean) {
  if (tex !== undefined) return <Formula tex={tex} />;
  if (href === undefined || !hasLinks) return typeset(text);
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  );
}

/** The text cut at its formulas and addresses, and elsewhere where a lit span begins or ends. */
function pieces(text: string, lit: readonly Lit[]): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(SPECIAL)) {
    const [, tex, address] = match;
    const shown = address === undefined ? match[0] : address.replace(MARKS_AT_END, "");
    const end = match.index + shown.length;
    const piece = { start: match.index, end, text: shown };
    found.push(...plain(text, at, match.index, lit), { ...piece, ...(tex ? { tex } : { href: shown }) });
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
