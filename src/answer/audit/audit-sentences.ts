import { splitSentences } from "../../text/sentences.ts";
import { blocksOf } from "./claim-blocks.ts";

export interface AuditSentence {
  /** UTF-16 offsets into the answer, without markers and white space at the ends. */
  readonly start: number;
  readonly end: number;
  /** With white space in place of its markers. */
  readonly text: string;
}

/** As CitationStream writes them. */
const MARKER = /(?<!\\)\[\d+\]/g;

/** The sentences, list items and table cells of an answer that state something: no headings, no code. */
export function auditSentences(answer: string): AuditSentence[] {
  const plain = answer.replace(MARKER, (marker) => " ".repeat(marker.length));
  return blocksOf(plain)
    .filter(({ kind }) => kind === "text")
    .flatMap((block) =>
      splitSentences(plain.slice(block.start, block.end)).map(({ start, end }) => ({
        start: block.start + start,
        end: block.start + end,
        text: plain.slice(block.start + start, block.start + end),
      })),
    )
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
}
