/** A paper cut into the pieces that the reader takes at once: its title, then as many sentences as there is room for. */
import { splitSentences } from "../text/sentences.ts";
import type { ReadablePaper } from "./pair-reader.ts";

/** Pieces (tokens of the vocabulary) that the model was trained with: of a title, a sentence, a window. */
const TITLE_PIECES = 72;
const SENTENCE_PIECES = 96;
const WINDOW_PIECES = 280;
/** Pieces of a sentence that are compared with the question; the others only colour these. */
const COMPARED_PIECES = 48;
/** Letters that a piece stands for at most, so that a sentence without an end is not cut into pieces as a whole. */
const LETTERS_A_PIECE = 32;
/** Ids up to this one are marks of the vocabulary ("[UNK]"), which are compared with nothing. */
const LAST_MARK = 4;
/** Windows a paper: 12 hold some 3,000 words. Abstracts have 1, few have 2; a body would otherwise cost without end. */
const MOST_WINDOWS = 12;
/** Sentences of a paper that are read: more than 12 windows of prose have. Each is compared with every question. */
const MOST_SENTENCES = 150;
/** A usual sentence, in pieces: the unit in which the model is told a sentence's length. */
const USUAL_PIECES = 40;

export interface WindowSentence {
  /** Of the abstract; -1 for the title. */
  readonly at: number;
  /** Where in the window the compared pieces stand. */
  readonly positions: readonly number[];
  /** How far into the paper it stands in [0, 1], 1 if it is the first, 1 if it is the last, its length. */
  readonly place: readonly [number, number, number, number];
}

export interface PaperWindow {
  readonly ids: readonly number[];
  /** For each piece 1 in the title, 2 in a sentence. */
  readonly segments: readonly number[];
  /** The title first. */
  readonly sentences: readonly WindowSentence[];
}

export interface PaperWindows {
  readonly windows: readonly PaperWindow[];
  /** Sentences of the abstract, read or not. */
  readonly sentences: number;
}

/** @param tokenize ids of a text's pieces, without marks around them */
export function paperWindows(paper: ReadablePaper, tokenize: (text: string) => number[]): PaperWindows {
  const spans = splitSentences(paper.abstract);
  const title = piecesOf(paper.title, TITLE_PIECES, tokenize);
  const windows: WindowDraft[] = [];
  let draft = new WindowDraft(title, spans.length);
  for (const [at, { start, end }] of spans.slice(0, MOST_SENTENCES).entries()) {
    const ids = piecesOf(paper.abstract.slice(start, end), SENTENCE_PIECES, tokenize);
    if (draft.sentences.length > 1 && draft.ids.length + ids.length > WINDOW_PIECES) {
      windows.push(draft);
      if (windows.length === MOST_WINDOWS) break;
      draft = new WindowDraft(title, spans.length);
    }
    draft.add(at, ids);
  }
  if (windows.length < MOST_WINDOWS) windows.push(draft);
  return { windows, sentences: spans.length };
}

class WindowDraft implements PaperWindow {
  readonly ids: number[] = [];
  readonly segments: number[] = [];
  readonly sentences: WindowSentence[] = [];
  readonly #total: number;

  constructor(title: readonly number[], total: number) {
    this.#total = total;
    this.add(-1, title);
  }

  add(at: number, ids: readonly number[]): void {
    const from = this.ids.length;
    const compared = ids.flatMap((id, offset) => (id > LAST_MARK ? from + offset : []));
    const number = at + 1;
    this.sentences.push({
      at,
      positions: compared.length === 0 ? [from] : compared.slice(0, COMPARED_PIECES),
      place: [
        number / (this.#total + 1),
        number === 1 ? 1 : 0,
        number === this.#total ? 1 : 0,
        ids.length / USUAL_PIECES,
      ],
    });
    this.ids.push(...ids);
    this.segments.push(...ids.map(() => (at < 0 ? 1 : 2)));
  }
}

/** A text without a piece of the vocabulary is one unknown piece. */
function piecesOf(text: string, most: number, tokenize: (text: string) => number[]): number[] {
  const ids = tokenize(text.slice(0, most * LETTERS_A_PIECE)).slice(0, most);
  return ids.length === 0 ? [1] : ids;
}
