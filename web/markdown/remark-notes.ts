import type { Nodes, Parent, PhrasingContent, Root, Text } from "mdast";
import type { Citation } from "../../src/protocol.ts";
import { labelCells } from "./label-cells.ts";
import { MARKER, noteOf } from "./note-of.ts";
import { sourceOffsets } from "./source-offsets.ts";

interface Span {
  readonly start: number;
  readonly end: number;
}

export interface NotesOptions {
  /** Of the block in the answer's text, which the spans and notes refer to. */
  readonly offset: number;
  readonly citations: readonly Citation[];
  readonly unsupported: readonly Span[];
}

/** Nodes whose text is no prose. */
const OPAQUE = new Set(["code", "inlineCode", "math", "inlineMath", "link", "linkReference"]);

/**
 * Makes each marker `[1]` of the text a node `button` with the id of its note, and wraps the words of every claim in
 * spans that name its notes.
 */
export function remarkNotes(options: NotesOptions) {
  return (tree: Root, file: { value: unknown }): void => {
    visit(tree, String(file.value), options);
    // Each part of an answer runs in the direction of its own words; code and formulas run from left to right.
    for (const child of tree.children) {
      if (child.type !== "code" && child.type !== "math") child.data = { hProperties: { dir: "auto" } };
      if (child.type === "table") labelCells(child);
    }
  };
}

function visit(parent: Parent, source: string, options: NotesOptions): void {
  parent.children = (parent.children as PhrasingContent[]).flatMap((child): PhrasingContent[] => {
    if (child.type === "text") return split(child, source, options);
    if (child.type === "inlineMath" && isMoney(child, source))
      return [{ type: "text", value: sourceOf(child, source) }];
    if ("children" in child && !OPAQUE.has(child.type)) visit(child, source, options);
    return [child];
  });
}

function split(node: Text, source: string, options: NotesOptions): PhrasingContent[] {
  const from = node.position?.start.offset;
  const to = node.position?.end.offset;
  if (from === undefined || to === undefined) return [node];
  const offsets = sourceOffsets(node.value, source.slice(from, to), from + options.offset);
  const cuts = new Set([0, node.value.length]);
  const markers = new Map([...node.value.matchAll(MARKER)].map((match) => [match.index, match[0].length]));
  for (const [at, length] of markers) cuts.add(at).add(at + length);
  const [first = 0, last = 0] = [offsets[0], offsets.at(-1)];
  const touches = ({ start, end }: Span) => start < last && end > first;
  const citations = options.citations.filter(({ claim }) => touches(claim));
  const unsupported = options.unsupported.filter(touches);
  for (const { start, end } of [...citations.map(({ claim }) => claim), ...unsupported]) {
    for (const edge of [start, end]) {
      const at = offsets.findIndex((offset) => offset >= edge);
      if (at > 0) cuts.add(at);
    }
  }
  const edges = [...cuts].sort((a, b) => a - b);
  return edges.slice(0, -1).flatMap((start, index) => {
    const end = edges[index + 1] ?? node.value.length;
    const words = node.value.slice(start, end);
    // A chip stays on the line of the word that it follows.
    const value = markers.has(end) ? words.replace(/ $/, "\u00a0") : words;
    const at = offsets[start] ?? 0;
    if (value === "") return [];
    if (markers.get(start) === value.length) return [marker(value, at, options.citations)];
    return [claimed(value, at, citations, unsupported)];
  });
}

function marker(value: string, at: number, citations: readonly Citation[]): PhrasingContent {
  const number = value.slice(1, -1);
  const note = noteOf(number, at, citations);
  if (note === undefined) return element("span", { className: "chip pending" }, number);
  const { id, label, support } = note;
  return element(
    "button",
    { type: "button", className: `chip ${support}`, dataNote: id, ariaLabel: label },
    number,
  );
}

function claimed(
  value: string,
  at: number,
  citations: readonly Citation[],
  unsupported: readonly Span[],
): PhrasingContent {
  const holds = ({ start, end }: Span) => start <= at && at < end;
  const ids = citations.filter(({ claim }) => holds(claim)).map(({ id }) => id);
  const loose = /[\p{L}\p{N}]/u.test(value) && unsupported.some(holds);
  if (ids.length === 0 && !loose) return { type: "text", value };
  const names = ids.length === 0 ? {} : { dataClaim: ids.join(" ") };
  return element("span", { ...names, ...(loose ? { className: "unsupported" } : {}) }, value);
}

/** mdast has no such node: remark-rehype makes an element of what `data` names. */
function element(hName: string, hProperties: Record<string, string>, value: string): PhrasingContent {
  return { type: "emphasis", data: { hName, hProperties }, children: [{ type: "text", value }] };
}

/** "$5 and $10": a dollar sign that a space follows or stands before closes no formula, nor does one before a digit. */
function isMoney(node: Nodes, source: string): boolean {
  const text = sourceOf(node, source);
  return /^\$+\s|\s\$+$/.test(text) || /^\d/.test(source.slice(node.position?.end.offset));
}

function sourceOf({ position }: Nodes, source: string): string {
  return source.slice(position?.start.offset, position?.end.offset);
}
