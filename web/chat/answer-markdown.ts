import type { Answer } from "../../src/protocol.ts";
import { byline } from "../notes/note-card.tsx";

/** An answer to be pasted elsewhere: its Markdown, and the papers it cites as a numbered list. */
export function answerMarkdown({ text, citations, sources }: Answer): string {
  const cited = new Set(citations.map(({ marker }) => marker));
  const references = sources
    .filter(({ marker }) => cited.has(marker))
    .map(({ marker, paper }) => {
      const by = byline(paper);
      return `- **[${marker}]** ${paper.title}${by === "" ? "" : ` (${by})`}${paper.url === undefined ? "" : ` ${paper.url}`}`;
    });
  return references.length === 0 ? text : `${text}\n\n${references.join("\n\n")}\n`;
}
