/**
 * Bytes of UTF-8 in one message, of the text as it is sent. Slack refuses a stream past about 10 KB in sum
 * (`msg_too_long`) and 12,000 characters in one call. From SOFT on a message ends at the next good place, at HARD
 * wherever it is.
 */
const SOFT_BYTES = 8000;
const HARD_BYTES = 9500;

/** Ends of a paragraph, a line, a sentence, a word: the first kind that is there wins, and of it the last. */
const LINE_BREAKS = [/\n\n+/g, /\n/g];
const BREAKS = [...LINE_BREAKS, /[.?!]["”’)\]]* +/g, / +/g];
/** Half an entity, half a marker or a lone backslash would not survive a cut. */
const HALF = /(?:&[a-z]{0,4}|\[\d{0,4}|\\)$/;

interface Piece {
  /** The beginning of the text, for this message. */
  readonly piece: string;
  /** The message ends with it. */
  readonly full: boolean;
}

/**
 * What of `text` goes into a message that has `used` bytes already. All pieces one after the other are the text,
 * character for character. Code is cut at the ends of its lines.
 * @param fence `openFence` of what stands before `text`
 */
export function nextPiece(text: string, used = 0, fence?: string): Piece {
  if (used + Buffer.byteLength(text) <= SOFT_BYTES) return { piece: text, full: false };
  const hard = prefixOf(text, HARD_BYTES - used).replace(HALF, "");
  const soft = prefixOf(text, Math.max(0, SOFT_BYTES - used)).length;
  for (const kind of openFence(hard, fence) === undefined ? BREAKS : LINE_BREAKS) {
    const ends = [...hard.matchAll(kind)].map((match) => match.index + match[0].length);
    const end = ends.filter((at) => at >= soft && at > 0).at(-1);
    if (end !== undefined) return { piece: hard.slice(0, end), full: true };
  }
  if (used + Buffer.byteLength(text) <= HARD_BYTES) return { piece: text, full: false };
  // In an empty message something has to stand, whatever it is cut through.
  return { piece: hard === "" && used === 0 ? prefixOf(text, HARD_BYTES) : hard, full: true };
}

/** The whole text as messages; one, if it is empty. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let fence: string | undefined;
  for (let rest = text; rest !== "" || pieces.length === 0; ) {
    const { piece } = nextPiece(rest, 0, fence);
    const after = openFence(piece, fence);
    rest = rest.slice(piece.length);
    pieces.push(reopened(fence) + piece + (rest === "" ? "" : closed(after, piece)));
    fence = after;
  }
  return pieces;
}

/** The longest beginning of so many bytes, cut between two characters. */
function prefixOf(text: string, bytes: number): string {
  let left = bytes;
  let end = 0;
  for (const character of text) {
    left -= Buffer.byteLength(character);
    if (left < 0) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** Characters of the opening line that are repeated in the next message: its fence and the language's name. */
const LINE_LENGTH = 100;

/**
 * The line that opened the fenced code block in which `text` ends; undefined where it ends in none.
 * @param before the same of what stands before `text`
 */
export function openFence(text: string, before?: string): string | undefined {
  let open = before;
  for (const [line] of text.matchAll(/^ {0,3}(?:`{3,}|~{3,}).*$/gm)) {
    if (open === undefined) open = opensFence(line) ? line.slice(0, LINE_LENGTH) : undefined;
    else if (closesFence(line, open)) open = undefined;
  }
  return open;
}

/** Whether the line opens a block of code. */
export function opensFence(line: string): boolean {
  return /^ {0,3}(?:`{3,}[^`]*|~{3,}.*)$/.test(line.trimEnd());
}

/** Whether the line closes the block that `open` has opened. */
export function closesFence(line: string, open: string): boolean {
  const text = line.trim();
  const fence = fenceOf(open);
  return (
    text.length >= fence.length && text === (fence[0] ?? "").repeat(text.length) && /^ {0,3}\S/.test(line)
  );
}

/** What stands before a message's text, so that a block of code goes on in it. */
export function reopened(fence: string | undefined): string {
  return fence === undefined ? "" : `${fence}\n`;
}

/** What ends a message that `text` ends, so that its block of code does. */
export function closed(fence: string | undefined, text: string): string {
  if (fence === undefined) return "";
  return `${text.endsWith("\n") ? "" : "\n"}${fenceOf(fence)}`;
}

/** What closes it. */
function fenceOf(open: string): string {
  const [fence = ""] = /`{3,}|~{3,}/.exec(open) ?? [];
  return fence;
}
