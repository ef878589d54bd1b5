import type { Citation, Source } from "../../src/protocol.ts";
import { enterOverlay } from "../router/overlays.ts";
import { Store } from "../state/store.ts";
import { TIGHT } from "../ui/use-media.ts";

/** What the source panel shows: a paper that an answer draws on, and of its notes the one that is looked at. */
export interface OpenSource {
  readonly paperId: string;
  readonly title: string;
  readonly note?: Citation | undefined;
  /** All notes of the answer on this paper. */
  readonly notes: readonly Citation[];
  /** The answer's text, which the notes' claims are spans of. */
  readonly answer: string;
}

export const openSource = new Store<OpenSource | undefined>(undefined);
let leave: (() => void) | undefined;

interface Shown {
  readonly text: string;
  readonly citations: readonly Citation[];
}

export function openNote(note: Citation, { text, citations }: Shown): void {
  const notes = citations.filter(({ paperId }) => paperId === note.paperId);
  open({ paperId: note.paperId, title: note.title, note, notes, answer: text });
}

export function openPaper({ paper }: Pick<Source, "paper">, { text, citations }: Shown): void {
  const notes = citations.filter(({ paperId }) => paperId === paper.id);
  open({ paperId: paper.id, title: paper.title, note: notes[0], notes, answer: text });
}

export function closeSource(): void {
  if (openSource.get() === undefined) return;
  openSource.set(undefined);
  leave?.();
  leave = undefined;
}

/** Where it takes the answer's room, Back closes it. */
function open(source: OpenSource): void {
  if (openSource.get() === undefined && matchMedia(TIGHT).matches) {
    leave = enterOverlay(() => openSource.set(undefined));
  }
  openSource.set(source);
}
