/** After the last token: which claims of an answer its sources carry. */
import type { Citation, Paper } from "../../protocol.ts";
import { isFactual } from "./audit-framing.ts";
import { AuditJudge } from "./audit-judge.ts";
import { placeCitations } from "./audit-place.ts";
import { type AuditSentence, auditSentences } from "./audit-sentences.ts";
import { type ClaimSupport, STRONG, WEAK } from "./claim-support.ts";
import { saysNothing } from "./says-nothing.ts";

export interface AuditInput {
  /** The answer as CitationStream gave it out. */
  readonly text: string;
  readonly citations: readonly Citation[];
  /** @throws Error for a paper that no citation names */
  readonly paperOf: (id: string) => Paper;
  readonly support: ClaimSupport;
  readonly signal?: AbortSignal | undefined;
}

interface Span {
  start: number;
  end: number;
}

export interface Audit {
  /** In the order given, each with its measured support. */
  readonly citations: Citation[];
  /** Claims that no source carries, in the order of the text: UTF-16 offsets, disjoint. */
  readonly unsupported: Span[];
  /** The point of the whole message is that the sources do not say. */
  readonly saysNothing: boolean;
}

interface Judged {
  readonly citation: Citation;
  /** In [0, 1]. */
  readonly support: number;
}

/**
 * Judges every sentence against the sources that it cites, and one that cites nothing against all that the answer
 * cites. A note that heads its sentence is put on that sentence and quotes anew.
 * @throws DOMException AbortError when `signal` fires
 */
export async function auditAnswer(input: AuditInput): Promise<Audit> {
  const sentences = auditSentences(input.text);
  const judge = new AuditJudge(input);
  const placed = await placeCitations(input, sentences, judge);
  const judged: Judged[] = [];
  for (const citation of placed)
    judged.push({ citation, support: await supportOf(citation, sentences, judge) });
  const unsupported: Span[] = [];
  for (const sentence of sentences) unsupported.push(...(await uncarried(sentence, judged, judge)));
  return {
    citations: judged.map(({ citation, support }) => ({
      ...citation,
      support: support >= STRONG ? "strong" : "weak",
    })),
    unsupported,
    saysNothing: isDenial(sentences, judged),
  };
}

const within = (sentence: Span, { claim }: Citation) =>
  claim.start < sentence.end && sentence.start < claim.end;

/** A claim that is part of a sentence may need the rest of it: "A [1] and B [2] are faster". */
async function supportOf(
  citation: Citation,
  sentences: readonly AuditSentence[],
  judge: AuditJudge,
): Promise<number> {
  const { claim, paperId } = citation;
  const own = await judge.support(judge.textOf(claim), paperId);
  const around = sentences.find((sentence) => within(sentence, citation));
  return around === undefined || own >= STRONG
    ? own
    : Math.max(own, await judge.support(around.text, paperId));
}

async function uncarried(
  sentence: AuditSentence,
  judged: readonly Judged[],
  judge: AuditJudge,
): Promise<Span[]> {
  const { start, end, text } = sentence;
  if (saysNothing(text) || /\?\W*$/.test(text)) return [];
  const own = judged.filter(({ citation }) => within(sentence, citation));
  if (own.length > 0) {
    const carried = own.filter(({ support }) => support >= WEAK).map(({ citation }) => citation.claim);
    if (carried.length === 0) return [{ start, end }];
    const claims = new Map(own.map(({ citation: { claim } }) => [claim.start, claim]));
    return [...claims.values()].filter(
      (claim) => !carried.some((other) => other.start === claim.start) && isFactual(judge.textOf(claim)),
    );
  }
  if (!isFactual(text)) return [];
  for (const paperId of new Set(judged.map(({ citation }) => citation.paperId)))
    if ((await judge.support(text, paperId)) >= STRONG) return [];
  return [{ start, end }];
}

/** No side remark: it comes first, or makes up half of what is stated, and nothing else is carried by a source. */
function isDenial(sentences: readonly AuditSentence[], judged: readonly Judged[]): boolean {
  const stated = sentences.filter(({ text }) => saysNothing(text) || isFactual(text));
  const denials = stated.filter(({ text }) => saysNothing(text));
  const [first] = stated;
  if (first === undefined || (denials[0] !== first && denials.length * 2 < stated.length)) return false;
  return !judged.some(
    ({ citation, support }) => support >= WEAK && !denials.some((sentence) => within(sentence, citation)),
  );
}
