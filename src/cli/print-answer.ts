import { AppError } from "../errors.ts";
import { LESS_CERTAIN, NEXT, NOT_FOUND, otherPapers, placeOf, typeset } from "../protocol/wording.ts";
import type { Answer, AnswerEvent, Citation } from "../protocol.ts";
import { oneLine } from "../util/strings.ts";
import type { CommandContext } from "./context.ts";
import { paint, terminalText } from "./output.ts";

/**
 * Prints an answer as it comes, then its notes; with `json` only the Answer when it is done.
 * @throws the reason of the context's signal when the answer was aborted, AppError when it failed
 */
export async function printAnswer(
  context: CommandContext,
  events: AsyncIterable<AnswerEvent>,
  json: boolean,
): Promise<void> {
  const { stdout } = context;
  if (json) {
    stdout.json(await finalAnswer(context, events, () => {}));
    return;
  }
  const stream = new AnswerStream(stdout.colour);
  let streamed = "";
  try {
    const answer = await finalAnswer(context, events, (delta) => {
      streamed += delta;
      stdout.write(stream.push(delta));
    });
    stdout.write(stream.push(correction(streamed, answer.text)));
    stdout.line(stream.end());
    if (answer.confidence === "tentative") {
      stdout.line(`\n${paint(stdout.colour).dim(`(${LESS_CERTAIN.label}: ${LESS_CERTAIN.why})`)}`);
    }
    stdout.write(referenceList(answer.citations, stdout.colour));
    stdout.write(otherLines(answer, stdout.colour));
    stdout.write(nextList(answer.next ?? [], stdout.colour));
    remark(context, answer);
  } catch (error) {
    if (streamed !== "") stdout.line(stream.end());
    throw error;
  }
}

function nextList(questions: readonly string[], colour: boolean): string {
  if (questions.length === 0) return "";
  const lines = questions.map((question) => `  ${oneLine(terminalText(question))}`);
  return ["", NEXT.label, ...lines].map((line) => `${paint(colour).dim(line)}\n`).join("");
}

async function finalAnswer(
  context: CommandContext,
  events: AsyncIterable<AnswerEvent>,
  onDelta: (text: string) => void,
): Promise<Answer> {
  for await (const event of events) {
    if (event.type === "delta") onDelta(event.text);
    if (event.type === "done") return event.answer;
    if (event.type === "aborted") break;
    if (event.type === "error") throw new AppError(event.code, event.message);
  }
  context.signal.throwIfAborted();
  throw new AppError("internal", "The answer ended before it was complete: please ask again");
}

/** What was printed cannot be taken back: when checking changed the text, the checked text follows. */
function correction(streamed: string, text: string): string {
  if (streamed.trimEnd() === text.trimEnd()) return "";
  return text.startsWith(streamed)
    ? text.slice(streamed.length)
    : `\n\nAfter checking its sources:\n\n${text}`;
}

/** What the reader should know about how the answer came about. */
function remark({ stderr }: CommandContext, answer: Answer): void {
  if (answer.fallback !== undefined) {
    const { from, reason } = answer.fallback;
    stderr.line(
      terminalText(`footnote: ${from} failed (${reason}); this answer is quoted from the papers instead`),
    );
  }
  for (const { start, end } of answer.unsupported) {
    stderr.line(terminalText(`footnote: no source supports “${answer.text.slice(start, end).trim()}”`));
  }
}

/** Papers that an answer does not cite, and where it found nothing, what may find it. */
function otherLines(answer: Answer, colour: boolean): string {
  const style = paint(colour);
  const lines = otherPapers(answer).flatMap(({ head, papers }) => [
    "",
    style.bold(head),
    ...papers.map(({ paper }) => `  ${terminalText(paper.title).replace(/\s+/g, " ")}`),
  ]);
  const waysOn = answer.abstained && answer.shape === "none" ? ["", style.dim(NOT_FOUND.waysOn)] : [];
  return [...lines, ...waysOn].map((line) => `${line}\n`).join("");
}

/** What stands below an answer: its numbered notes with their quotes; nothing for an answer without. */
function referenceList(citations: readonly Citation[], colour: boolean): string {
  if (citations.length === 0) return "";
  const notes = byMarker(citations).flatMap(([marker, group]) => note(marker, group, colour));
  return ["", paint(colour).bold("References"), ...notes].map((line) => `${line}\n`).join("");
}

/** Notes in the order of their numbers; several may share one number. */
function byMarker(citations: readonly Citation[]): [number, Citation[]][] {
  const groups = new Map<number, Citation[]>();
  for (const citation of citations) {
    groups.set(citation.marker, [...(groups.get(citation.marker) ?? []), citation]);
  }
  return [...groups].sort(([a], [b]) => a - b);
}

function note(marker: number, notes: readonly Citation[], colour: boolean): string[] {
  const style = paint(colour);
  const [first] = notes;
  const quotes = new Map(notes.map((citation) => [citation.quote, citation]));
  return [
    `${style.marker(`[${marker}]`)} ${printable(first?.title ?? "")}`,
    ...(first?.url === undefined ? [] : [`    ${style.dim(printable(first.url))}`]),
    ...[...quotes].map(
      ([quote, citation]) => `    “${printable(typeset(quote))}”${remarkOn(citation, style.dim)}`,
    ),
  ];
}

function remarkOn(citation: Citation, dim: (text: string) => string): string {
  const remarks = [placeOf(citation), citation.support === "weak" ? "weak support" : ""];
  const said = remarks.filter((remark) => remark !== "").join("; ");
  return said === "" ? "" : dim(` (${printable(said)})`);
}

function printable(text: string): string {
  return terminalText(text).replace(/\s+/g, " ");
}

/** An escaped character, a marker, the sign of bold text, or anything else; at the end also half of these. */
const TOKEN = /\\[\s\S]|\[\d{1,4}\]|\*\*|\[\d{0,4}$|[^\\[*]+|[\s\S]/g;
/** A last token that the next delta may complete. */
const UNFINISHED = /^(?:\\|\*|\[\d{0,4})$/;
const ESCAPED = /^\\([!-/:-@[-`{-~])$/;

/**
 * The Markdown of an answer as terminal text, delta by delta: escapes are undone, `**bold**` is bold and `[1]` is
 * coloured where colour is on, tables are lists. The little that a delta leaves open is held back until the next.
 */
export class AnswerStream {
  readonly #colour: boolean;
  #held = "";
  #bold = false;
  readonly #tables = new TableLines();

  constructor(colour: boolean) {
    this.#colour = colour;
  }

  push(delta: string): string {
    const tokens = (this.#held + this.#tables.push(terminalText(delta))).match(TOKEN) ?? [];
    this.#held = UNFINISHED.test(tokens.at(-1) ?? "") ? (tokens.pop() ?? "") : "";
    return tokens.map((token) => this.#style(token)).join("");
  }

  /** What is still held back. */
  end(): string {
    const rest = this.#held + (this.#bold ? this.#toggleBold() : "");
    this.#held = "";
    return rest;
  }

  #style(token: string): string {
    if (token === "**") return this.#toggleBold();
    if (/^\[\d+\]$/.test(token)) return paint(this.#colour).marker(token);
    return ESCAPED.exec(token)?.[1] ?? token;
  }

  #toggleBold(): string {
    this.#bold = !this.#bold;
    if (!this.#colour) return "";
    return this.#bold ? "\u001b[1m" : "\u001b[22m";
  }
}

/** White space, bars, dashes and colons alone: the line under the head of a table. */
const RULE = /^[|\s:-]*$/;

/**
 * Markdown whose tables, too wide for a terminal, are lists: the first cell of a row as a line, the others indented
 * below it. Takes the text delta by delta; all else stays as it is.
 */
class TableLines {
  /** The beginning of a line that may be the rule of a table. */
  #held = "";
  #place: "line start" | "text" | "row" = "line start";
  #escaped = false;
  /** Cells of this row that have begun, and whether something of it is written. */
  #cells = 0;
  #written = false;
  /** A cell has begun of which nothing is written. */
  #fresh = false;
  #spaces = "";

  push(delta: string): string {
    let lines = "";
    for (const char of delta) lines += this.#next(char);
    return lines;
  }

  #next(char: string): string {
    if (this.#place === "line start") {
      this.#place = char === "|" ? "row" : char === "\n" ? "line start" : "text";
      if (this.#place !== "row") return char;
      [this.#held, this.#cells, this.#written, this.#fresh, this.#spaces] = ["|", 0, false, false, ""];
      return "";
    }
    if (char === "\n") return this.#endLine();
    if (this.#place === "text") return char;
    if (this.#held === "") return this.#inRow(char);
    this.#held += char;
    if (RULE.test(this.#held)) return "";
    const row = [...this.#held].map((held) => this.#inRow(held)).join("");
    this.#held = "";
    return row;
  }

  #endLine(): string {
    const rule = this.#held !== "";
    this.#held = "";
    this.#place = "line start";
    return rule ? "" : "\n";
  }

  #inRow(char: string): string {
    if (char === "|" && !this.#escaped) {
      this.#cells++;
      this.#fresh = true;
      this.#spaces = "";
      return "";
    }
    if (char === " ") {
      if (!this.#fresh) this.#spaces += char;
      return "";
    }
    this.#escaped = char === "\\" && !this.#escaped;
    const indent = this.#cells > 1 ? `${this.#written ? "\n" : ""}  - ` : "";
    const lead = this.#fresh ? indent : this.#spaces;
    [this.#fresh, this.#written, this.#spaces] = [false, true, ""];
    return lead + char;
  }
}
