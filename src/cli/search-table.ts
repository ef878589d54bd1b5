import type { SearchResult } from "../protocol.ts";
import { paint } from "./paint.ts";
import { terminalText } from "./terminal-text.ts";

/** Two lines a paper: rank, score and title; below, the passage that matched best. Cut to `columns`. */
export function searchTable(results: readonly SearchResult[], columns: number, colour: boolean): string {
  const style = paint(colour);
  const rankWidth = String(results.length).length;
  return results
    .map(({ score, paper, passages }, at) => {
      const head = `${String(at + 1).padStart(rankWidth)}  ${score.toFixed(3)}  `;
      const room = Math.max(columns - head.length, 20);
      const title = `${style.marker(head)}${style.bold(oneLine(paper.title, room))}\n`;
      const [best] = passages;
      const passage = best === undefined ? "" : oneLine(best.text, room);
      return passage === "" ? title : `${title}${" ".repeat(head.length)}${style.dim(passage)}\n`;
    })
    .join("");
}

/** On one line, cut at the end of a word where it is longer than `room` characters. */
function oneLine(text: string, room: number): string {
  const line = terminalText(text).replace(/\s+/g, " ").trim();
  if (line.length <= room) return line;
  const cut = line.slice(0, room - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), room - 20)).trimEnd()}…`;
}
