/** After the last token: which claims of an answer its sources carry. */
import type { Citation, Paper } from "../../protocol.ts";
import { clausesOf } from "./audit-clauses.ts";
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
  /** There are claims, and no source carries any of them. */
  readonly uncarried: boolean;
  /** The point of the whole message is that the sources do not say. */
  readonly saysNothing: boolean;
}

interface Judged {
  readonly citation: Citation;
  /** In [0, 1], of the claim as a whole. */
  readonly whole: number;
  /** In [0, 1]; of a clause of it, where its sentence cites several papers. */
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
  for (const citation of placed) judged.push(await judgeCitation(citation, placed, sentences, judge));
  const unsupported: Span[] = [];
  for (const sentence of sentences) unsupported.push(...(await uncarried(sentence, judged, judge)));
  return {
    citations: judged.map(({ citation, support }) => ({
      ...citation,
      support: support >= STRONG ? "strong" : "weak",
    })),
    unsupported,
    uncarried: isUncarried(sentences, judged, unsupported),
    saysNothing: isDenial(sentences, judged),
  };
}

const within = (sentence: Span, { claim }: Citation) =>
  claim.start < sentence.end && sentence.start < claim.end;

/** A claim that is part of a sentence may need the rest of it: "A [1] and B [2] are faster". */
async function judgeCitation(
  citation: Citation,
  all: readonly Citation[],
  sentences: readonly AuditSentence[],
  judge: AuditJudge,
): Promise<Judged> {
  const { claim, paperId } = citation;
  const own = await judge.support(judge.textOf(claim), paperId);
  const around = sentences.find((sentence) => within(sentence, citation));
  if (around === undefined || own >= STRONG) return { citation, whole: own, support: own };
  const whole = Math.max(own, await judge.support(around.text, paperId));
  const isShared = all.some((other) => within(around, other) && other.paperId !== paperId);
  const clauses = isShared ? clausesOf(around) : [];
  const parts = await Promise.all(clauses.map(({ text }) => judge.support(text, paperId)));
  return { citation, whole, support: Math.max(whole, ...parts) };
}

async function uncarried(
  sentence: AuditSentence,
  judged: readonly Judged[],
  judge: AuditJudge,
): Promise<Span[]> {
  const { start, end, text } = sentence;
  if (saysNothing(text) || /\?\W*$/.test(text)) return [];
  const own = judged.filter(({ citation }) => within(sentence, citation));
  if (own.length > 0) return uncarriedOf(sentence, own, judge);
  if (!isFactual(text)) return [];
  for (const paperId of new Set(judged.map(({ citation }) => citation.paperId)))
    if ((await judge.support(text, paperId)) >= STRONG) return [];
  return [{ start, end }];
}

/** What a sentence's own sources leave open: claims where they carry others of it, clauses where they carry no whole. */
async function uncarriedOf(
  sentence: AuditSentence,
  own: readonly Judged[],
  judge: AuditJudge,
): Promise<Span[]> {
  const carried = own.filter(({ whole }) => whole >= WEAK).map(({ citation }) => citation.claim);
  if (carried.length > 0) {
    const claims = new Map(own.map(({ citation: { claim } }) => [claim.start, claim]));
    return [...claims.values()].filter(
      (claim) => !carried.some(({ start }) => start === claim.start) && isFactual(judge.textOf(claim)),
    );
  }
  const papers = [...new Set(own.map(({ citation }) => citation.paperId))];
  const clauses = papers.length > 1 ? clausesOf(sentence) : [];
  const open: Span[] = [];
  for (const { start, end, text } of clauses) {
    const supports = await Promise.all(papers.map((paperId) => judge.support(text, paperId)));
    if (Math.max(...supports) < WEAK) open.push({ start, end });
  }
  return open.length === clauses.length ? [{ start: sentence.start, end: sentence.end }] : open;
}

function isUncarried(
  sentences: readonly AuditSentence[],
  judged: readonly Judged[],
  unsupported: readonly Span[],
): boolean {
  if (unsupported.length === 0 || judged.some(({ support }) => support >= WEAK)) return false;
  const stated = sentences.filter(({ text }) => isFactual(text) && !saysNothing(text));
  return stated.every(({ start, end }) =>
    unsupported.some((span) => span.start === start && span.end === end),
  );
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
