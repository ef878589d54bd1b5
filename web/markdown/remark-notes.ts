import type { Nodes, Parent, PhrasingContent, Root, Text } from "mdast";
import type { Citation } from "../../src/protocol.ts";
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

const MARKER = /\[(\d{1,4})\]/g;
/** Nodes whose text is no prose. */
const OPAQUE = new Set(["code", "inlineCode", "math", "inlineMath", "link", "linkReference"]);

/**
 * Makes each marker `[1]` of the text a node `button` with the id of its note, and wraps the words of every claim in
 * spans that name its notes.
 */
export function remarkNotes(options: NotesOptions) {
  return (tree: Root, file: { value: unknown }): void => visit(tree, String(file.value), options);
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
  for (const { start, end } of [...options.citations.map(({ claim }) => claim), ...options.unsupported]) {
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
    return [markers.get(start) === value.length ? marker(value, at, options) : claimed(value, at, options)];
  });
}

/** The note that a marker stands for is the one of its number whose claim ends last before it. */
function marker(value: string, at: number, { citations }: NotesOptions): PhrasingContent {
  const number = value.slice(1, -1);
  const [note] = citations
    .filter((citation) => citation.marker === Number(number) && citation.claim.start <= at)
    .sort((a, b) => b.claim.end - a.claim.end);
  if (note === undefined) return element("span", { className: "chip pending" }, number);
  const { id, title, support } = note;
  const label = `Note ${number}${support === "weak" ? ", weak support" : ""}: ${title}`;
  return element(
    "button",
    { type: "button", className: `chip ${support}`, dataNote: id, ariaLabel: label },
    number,
  );
}

function claimed(value: string, at: number, { citations, unsupported }: NotesOptions): PhrasingContent {
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
