import type { Citation } from "../../protocol.ts";
import { makeCitation } from "../citations.ts";
import type { AuditJudge } from "./audit-judge.ts";
import type { AuditSentence } from "./audit-sentences.ts";

/**
 * Notes whose marker heads its block have no claim while they stream: each gets the sentence behind it, and the quote
 * that fits it. The others stay as they are.
 */
export async function placeCitations(
  { text, citations }: { readonly text: string; readonly citations: readonly Citation[] },
  sentences: readonly AuditSentence[],
  judge: AuditJudge,
): Promise<Citation[]> {
  const placed: Citation[] = [];
  for (const citation of citations) {
    const headed =
      citation.claim.end > citation.claim.start ? undefined : sentences.find(headedBy(text, citation));
    placed.push(headed === undefined ? citation : await requote(citation, headed, judge));
  }
  return placed;
}

/** Nothing but markers, signs and spaces of one line stands between the marker and the sentence. */
function headedBy(text: string, { claim }: Citation): (sentence: AuditSentence) => boolean {
  return ({ start }) =>
    start >= claim.end && /^(?:[^\S\n]*\[\d+\])+[^\S\n\p{L}\p{N}]*$/u.test(text.slice(claim.end, start));
}

async function requote(
  citation: Citation,
  { start, end, text }: AuditSentence,
  judge: AuditJudge,
): Promise<Citation> {
  const found = await judge.best(text, citation.paperId);
  const { id, marker, support } = citation;
  const claim = { start, end };
  if (found.end === found.start) return { ...citation, claim };
  return makeCitation(
    { id, marker, support, field: "abstract", claim, quoted: found },
    judge.paper(citation.paperId),
  );
}
