/** References in BibTeX. */
import { z } from "zod";
import { isUnsound } from "../corpus/identity/flags.ts";
import { latexSegments } from "../corpus/plain/latex-segments.ts";
import type { Paper } from "../protocol.ts";
import { cslItem, doubtNote, loadCitationJs } from "./csl-item.ts";
import { isHarmlessLatex } from "./latex.ts";

const Entries = z.array(
  z.object({ type: z.string(), label: z.string(), properties: z.record(z.string(), z.string()) }),
);

/**
 * One BibTeX entry a paper. citation-js maps fields and names; title, venue and the text of the entry are
 * written here, because citation-js takes `<` for markup and puts braces into LaTeX.
 */
export async function writeBibtex(papers: readonly Paper[], keys: readonly string[]): Promise<string> {
  const Cite = await loadCitationJs();
  const items = papers.map((paper, at) => cslItem(paper, keys[at] ?? paper.id, bibtexText));
  const entries = Entries.parse(new Cite(items).format("bibtex", { format: "object" }));
  return papers
    .map((paper, at) => {
      const { type = "misc", properties = {} } = entries[at] ?? {};
      return entryText(
        paper.venue === undefined ? "misc" : type,
        keys[at] ?? paper.id,
        fields(paper, properties),
      );
    })
    .join("\n");
}

function fields(paper: Paper, given: Readonly<Record<string, string>>): Record<string, string> {
  // Nothing else that citation-js derives: it puts an address into `howpublished`, which is LaTeX.
  const { author, year, doi, url } = given;
  const venue = bibtexText(paper.venue ?? "");
  return {
    ...(author === undefined ? {} : { author }),
    title: bibtexTitle(paper.title),
    ...(year === undefined ? {} : { year }),
    ...("journal" in given ? { journal: venue } : {}),
    ...("booktitle" in given ? { booktitle: venue } : {}),
    ...(doi === undefined ? {} : { doi: verbatim(doi) }),
    ...(paper.arxivId === undefined ? {} : { eprint: verbatim(paper.arxivId), archivePrefix: "arXiv" }),
    ...(url === undefined ? {} : { url: verbatim(url) }),
    ...(isUnsound(paper) ? { note: doubtNote(paper) } : {}),
  };
}

/** Identifiers and addresses are not LaTeX; only what would end the field, or open a command in it, is encoded. */
function verbatim(value: string): string {
  return value.replace(/[{}\\^\s\p{Cc}]/gu, encodeURIComponent);
}

function entryText(type: string, key: string, properties: Readonly<Record<string, string>>): string {
  const lines = Object.entries(properties).map(([field, value]) => `  ${field} = {${value}},\n`);
  return `@${type}{${key},\n${lines.join("")}}\n`;
}

/**
 * A title for BibTeX: as `bibtexText`, with braces around the words whose capitals carry meaning (BERT, U-Net,
 * mT5, $X^2$), since many styles set everything else in lower case.
 */
export function bibtexTitle(title: string): string {
  return words(bibtexText(title)).map(protect).join(" ");
}

/** Splits at the spaces that stand outside braces and math. */
function words(title: string): string[] {
  const found: string[] = [""];
  let depth = 0;
  let math = false;
  for (const piece of title.match(/\\.|[\s\S]/gu) ?? []) {
    if (piece === "$") math = !math;
    if (/\{$/.test(piece)) depth += 1;
    if (/\}$/.test(piece)) depth -= 1;
    if (piece === " " && depth === 0 && !math) found.push("");
    else found.push((found.pop() ?? "") + piece);
  }
  return found;
}

/** Marks around a word. */
const OPENING = /^[("'`“‘[]*/;
const CLOSING = ")\"'’”].,:;!?";

function protect(word: string): string {
  const [before = ""] = OPENING.exec(word) ?? [];
  let end = word.length;
  while (end > before.length && CLOSING.includes(word.charAt(end - 1))) end--;
  const [core, after] = [word.slice(before.length, end), word.slice(end)];
  if (!needsCapitals(core) || !isBalanced(core)) return word;
  // "{\" opens what BibTeX calls a special character, whose letters it still changes: one more pair stops that.
  return core.startsWith("\\") ? `${before}{{${core}}}${after}` : `${before}{${core}}${after}`;
}

/** A capital that is not the first letter of its part, or a part that is one capital letter (not the article). */
function needsCapitals(core: string): boolean {
  if (/^\{[^{}]*\}$/.test(core)) return false;
  return core.split(/[-–—/]/).some((part) => /^.+\p{Lu}/su.test(part) || /^[B-Z]$/.test(part));
}

function isBalanced(core: string): boolean {
  let depth = 0;
  for (const brace of core.match(/[{}]/g) ?? []) {
    depth += brace === "{" ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

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
