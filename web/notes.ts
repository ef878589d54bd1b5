import type { Citation, Passage, Source } from "../src/protocol.ts";
import { element, titleLink } from "./dom.ts";

/** The numbered notes of an answer: paper, and each quote lit within the passage that it stands in. */
export function renderNotes(
  citations: readonly Citation[],
  sources: readonly Source[],
  onBack: (marker: number) => void,
): HTMLElement {
  const markers = [...new Set(citations.map(({ marker }) => marker))].sort((a, b) => a - b);
  const items = markers.map((marker) => {
    const notes = citations.filter((citation) => citation.marker === marker);
    const passages = sources.find((source) => source.marker === marker)?.passages ?? [];
    const back = element(
      "button",
      { type: "button", className: "number", onclick: () => onBack(marker) },
      `${marker}`,
    );
    back.ariaLabel = `Note ${marker}, back to the text`;
    const item = element("li", { tabIndex: -1 }, back, title(notes[0]), ...quotes(notes, passages));
    item.dataset.note = `${marker}`;
    return item;
  });
  return element("ol", { className: "notes" }, ...items);
}

function title(note: Citation | undefined): Node {
  return element("cite", {}, titleLink(note?.title ?? "", note?.url));
}

/** One block a passage, with all its quotes lit; a quote from elsewhere in the paper stands alone. */
function quotes(notes: readonly Citation[], passages: readonly Passage[]): Node[] {
  const blocks = new Map<Passage, Citation[]>();
  for (const note of notes) {
    const alone = { field: note.field, text: note.quote, start: note.start, end: note.end };
    const known = [...blocks.keys(), ...passages].find((passage) => holds(passage, note));
    const passage = known ?? alone;
    blocks.set(passage, [...(blocks.get(passage) ?? []), note]);
  }
  return [...blocks].map(([passage, group]) => {
    const weak = group.some(({ support }) => support === "weak");
    const remark = weak ? [element("small", {}, "Weak support: read the quote yourself.")] : [];
    return element("blockquote", {}, ...lit(passage, group), ...remark);
  });
}

function holds(passage: Passage, note: Citation): boolean {
  return passage.field === note.field && passage.start <= note.start && note.end <= passage.end;
}

function lit(passage: Passage, notes: readonly Citation[]): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let at = passage.start;
  for (const { start, end } of [...notes].sort((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    nodes.push(passage.text.slice(at - passage.start, from - passage.start));
    nodes.push(element("mark", {}, passage.text.slice(from - passage.start, end - passage.start)));
    at = end;
  }
  return [...nodes, passage.text.slice(at - passage.start)];
}
