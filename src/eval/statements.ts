import type { Answer } from "../protocol.ts";
import { splitSentences } from "../text/sentences.ts";

/** Markdown that escapeMarkdown or an answerer puts around words: an escaped mark, emphasis, a note's marker. */
const MARKDOWN = /\\([!-/:-@[-`{-~])|\*+|\[\d+\]/g;

/**
 * The sentences that an answer states, in order, as plain text: what its notes stand behind, so that headings and
 * lead-ins do not count; of an answer without notes, all of it.
 */
export function statements({ text, citations }: Pick<Answer, "text" | "citations">): string[] {
  const claims =
    citations.length === 0 ? [text] : claimed(citations).map(({ start, end }) => text.slice(start, end));
  return claims.flatMap((claim) => {
    const plain = plainText(claim);
    return splitSentences(plain).map(({ start, end }) => plain.slice(start, end));
  });
}

function plainText(markdown: string): string {
  return markdown.replace(MARKDOWN, "$1").replace(/\s+/g, " ").trim();
}

/** The claims in the order of the text; those that overlap are one, as where two notes stand behind a sentence. */
function claimed(citations: Answer["citations"]): { start: number; end: number }[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of citations.map(({ claim }) => claim).sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
