import { typeset } from "../protocol/wording.ts";
import type { Citation } from "../protocol.ts";
import { paint } from "./paint.ts";
import { terminalText } from "./terminal-text.ts";

/** What stands below an answer: its numbered notes with their quotes; nothing for an answer without. */
export function referenceList(citations: readonly Citation[], colour: boolean): string {
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
  const quotes = new Map(notes.map(({ quote, support }) => [quote, support]));
  return [
    `${style.marker(`[${marker}]`)} ${oneLine(first?.title ?? "")}`,
    ...(first?.url === undefined ? [] : [`    ${style.dim(oneLine(first.url))}`]),
    ...[...quotes].map(
      ([quote, support]) =>
        `    “${oneLine(typeset(quote))}”${support === "weak" ? style.dim(" (weak support)") : ""}`,
    ),
  ];
}

function oneLine(text: string): string {
  return terminalText(text).replace(/\s+/g, " ");
}
