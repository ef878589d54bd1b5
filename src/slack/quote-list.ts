import { typeset } from "../protocol/typeset.ts";
import type { Citation } from "../protocol.ts";
import { escapeMarkdown } from "../util/escape-markdown.ts";

/** Every note's quote, word for word and typeset, as Markdown. */
export function quoteList(citations: readonly Citation[]): string {
  const notes = [...citations].sort((a, b) => a.marker - b.marker);
  const lines = notes.map(
    ({ marker, quote, title, support }) =>
      `[${marker}] “${escapeMarkdown(typeset(quote))}” — *${escapeMarkdown(title)}*${support === "weak" ? " (weak support)" : ""}`,
  );
  return [...new Set(lines)].join("\n\n");
}
