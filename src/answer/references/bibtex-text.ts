import { isHarmlessLatex } from "./latex-commands.ts";
import { latexSegments } from "./latex-segments.ts";

/** A command; a brace; anything else up to the next of them. */
const PIECE = /\\(?:[A-Za-z]+|[\s\S])|[{}]|[^\\{}]+|\\/gu;

/** What may stand between a command and its argument: "\includegraphics[width=1cm] {…}". */
const OPTION = /^\s*(?:\[[^\]]*\]\s*)?$/;

/**
 * Text for a BibTeX field: known commands and math stay as they are, any other command prints as it is written, plain
 * specials are escaped once, and braces balance in every case, because one stray brace would swallow all entries after
 * it. Letters beyond ASCII stay UTF-8.
 */
export function bibtexText(text: string): string {
  // NEL and the like end a line for some readers.
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  const pieces = latexSegments(line).flatMap(({ kind, text: part }) => {
    const inMath = kind === "math";
    return (part.match(PIECE) ?? []).map((piece): Piece => ({ piece, inMath }));
  });
  const written = pieces.map(write);
  balance(pieces, written);
  return written.join("");
}

interface Piece {
  readonly piece: string;
  readonly inMath: boolean;
}

function write({ piece, inMath }: Piece): string {
  if (piece === "{" || piece === "}") return piece;
  // A "^" after it would make one sign of both, and of what follows: "\^^69nput" is "\input".
  if (piece === "\\^" && inMath) return "\\^{}";
  if (piece.startsWith("\\")) return isHarmlessLatex(piece) ? piece : literal(piece, inMath);
  return inMath ? writeMath(piece) : escapePlain(piece);
}

/** The command as text: the braces after it are written literally by `balance`. */
function literal(command: string, inMath: boolean): string {
  return `${inMath ? "\\backslash{}" : "\\textbackslash{}"}${escapePlain(command.slice(1))}`;
}

/** "^^5c" is a backslash to TeX, wherever it stands, and "%" hides the rest of the line. */
function writeMath(text: string): string {
  return text.replace(/\^(?=\^)/g, "\\wedge{}").replace(/[%#&]/g, "\\$&");
}

function escapePlain(text: string): string {
  return (
    text
      .replace(/[&%#_$]/g, "\\$&")
      .replaceAll("^", "\\textasciicircum{}")
      // Between two words a tilde is LaTeX's tie; anywhere else it is meant as the character.
      .replace(/(?<!\S)~|~(?!\S)/g, "\\textasciitilde{}")
  );
}

const isOpening = (piece: string): boolean => piece === "{" || piece === "\\{";
const isClosing = (piece: string): boolean => piece === "}" || piece === "\\}";

/**
 * Braces without a partner are written so that they count for nothing; BibTeX counts `\{` as a brace too, so an escaped
 * one is written by name. A stray brace leaves an empty group: without it, what stands around it could become a command.
 * The groups after a command that prints as it is written are its arguments, and print with it.
 */
function balance(pieces: readonly Piece[], written: string[]): void {
  const open: number[] = [];
  const stray = new Set<number>();
  for (const [at, { piece }] of pieces.entries()) {
    if (isOpening(piece)) open.push(at);
    if (!isClosing(piece)) continue;
    const opened = open.pop();
    if (opened === undefined) stray.add(at);
    else if (isArgument(pieces, written, opened)) {
      written[opened] = "\\{";
      written[at] = "\\}";
    }
  }
  for (const at of [...stray, ...open]) written[at] = strayBrace(pieces[at]?.piece ?? "");
}

function strayBrace(piece: string): string {
  if (piece === "\\{") return "\\textbraceleft{}";
  return piece === "\\}" ? "\\textbraceright{}" : "{}";
}

/** Whether the brace at `at` opens an argument of a command that is not known: after it, or after another argument. */
function isArgument(pieces: readonly Piece[], written: readonly string[], at: number): boolean {
  const before = pieces[at - 1]?.piece;
  if (before === undefined) return false;
  if (OPTION.test(before)) return isArgument(pieces, written, at - 1);
  if (before === "}") return written[at - 1] === "\\}";
  return before.startsWith("\\") && before !== "\\{" && before !== "\\}" && !isHarmlessLatex(before);
}
