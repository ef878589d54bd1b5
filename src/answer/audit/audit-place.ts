import type { Citation } from "../../protocol.ts";
import { makeCitation } from "../citations.ts";
import type { AuditJudge } from "./audit-judge.ts";
import type { AuditSentence } from "./audit-sentences.ts";
import { type AuditedSentence, firstAt } from "./audited-sentence.ts";

/** What stands between a marker that heads its block and the sentence. */
const HEAD = /^(?:[^\S\n]*\[\d+\])+[^\S\n\p{L}\p{N}]*$/u;

/**
 * Notes whose marker heads its block have no claim while they stream: each gets the sentence behind it, and the quote
 * that fits it. The others stay as they are.
 */
export async function placeCitations(
  { text, citations }: { readonly text: string; readonly citations: readonly Citation[] },
  sentences: readonly AuditedSentence[],
  judge: AuditJudge,
): Promise<Citation[]> {
  const placed: Citation[] = [];
  /** By where the marker stands: several may head one sentence. */
  const headed = new Map<number, AuditSentence | undefined>();
  for (const citation of citations) {
    const { start, end } = citation.claim;
    if (start === end && !headed.has(end)) headed.set(end, headedAt(end, text, sentences));
    const sentence = start === end ? headed.get(end) : undefined;
    placed.push(sentence === undefined ? citation : await requote(citation, sentence, judge));
  }
  return placed;
}

/** The sentence behind an offset, with nothing but markers, signs and spaces of one line between. */
function headedAt(
  offset: number,
  text: string,
  sentences: readonly AuditedSentence[],
): AuditSentence | undefined {
  const next = firstAt(sentences.length, (at) => (sentences[at]?.sentence.start ?? 0) >= offset);
  const sentence = sentences[next]?.sentence;
  // Markers without any sentence behind them head none: there may be thousands, and each would look at all others.
  if (sentence === undefined) return undefined;
  return HEAD.test(text.slice(offset, sentence.start)) ? sentence : undefined;
}

async function requote(citation: Citation, sentence: AuditSentence, judge: AuditJudge): Promise<Citation> {
  const found = await judge.best(sentence, citation.paperId);
  const { id, marker, support } = citation;
  const claim = { start: sentence.start, end: sentence.end };
  if (found.end === found.start) return { ...citation, claim };
  return makeCitation(
    { id, marker, support, field: "abstract", claim, quoted: found },
    judge.paper(citation.paperId),
  );
}
