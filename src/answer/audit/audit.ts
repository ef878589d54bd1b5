/** After the last token: which claims of an answer its sources carry. */
import { STRONG, WEAK } from "../../claim/claim-support.ts";
import type { Support } from "../../claim/support-across-languages.ts";
import type { Citation, Paper } from "../../protocol.ts";
import { makeCitation } from "../citations.ts";
import { type AuditSentence, auditSentences } from "./answer-blocks.ts";
import {
  AuditedSentence,
  AuditJudge,
  firstAt,
  isFactual,
  type Judged,
  touching,
} from "./audited-sentence.ts";

interface AuditInput {
  /** The answer as CitationStream gave it out. */
  readonly text: string;
  readonly citations: readonly Citation[];
  /** @throws Error for a paper that no citation names */
  readonly paperOf: (id: string) => Paper;
  readonly support: Support;
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
  /** Claims in another language than their sources', of which nothing tells: as `unsupported`. */
  readonly unjudged: Span[];
  /** Of what is stated most is carried, and something for certain. */
  readonly wellCarried: boolean;
  /** There are claims, and no source carries any of them. */
  readonly uncarried: boolean;
  /** The point of the whole message is that the sources do not say. */
  readonly saysNothing: boolean;
}

/**
 * Judges every sentence against the sources that it cites, and one that cites nothing against all that the answer
 * cites. A note that heads its sentence is put on that sentence and quotes again.
 * @throws DOMException AbortError when `signal` fires
 */
export async function auditAnswer(input: AuditInput): Promise<Audit> {
  const sentences = auditSentences(input.text).map((sentence) => new AuditedSentence(sentence));
  const judge = new AuditJudge(input);
  const placed = await placeCitations(input, sentences, judge);
  for (const { claim, paperId } of placed)
    for (const { papers } of touching(sentences, claim)) papers.add(paperId);
  const judged: Judged[] = [];
  for (const citation of placed) judged.push(await judgeCitation(citation, sentences, judge));
  const cited = [...new Set(placed.map(({ paperId }) => paperId))];
  const unsupported: Span[] = [];
  const unjudged: Span[] = [];
  for (const sentence of sentences) {
    const open = await uncarried(sentence, cited, judge);
    unsupported.push(...open.unsupported);
    unjudged.push(...open.unjudged);
  }
  return {
    citations: judged.map(({ citation, support }) => ({
      ...citation,
      support: support >= STRONG ? "strong" : "weak",
    })),
    unsupported,
    unjudged,
    wellCarried: isWellCarried(sentences, judged, { unsupported, unjudged }),
    uncarried: isUncarried(sentences, judged, unsupported),
    saysNothing: isDenial(sentences, judged),
  };
}

/** A claim that is part of a sentence may need the rest of it: "A [1] and B [2] are faster". */
async function judgeCitation(
  citation: Citation,
  sentences: readonly AuditedSentence[],
  judge: AuditJudge,
): Promise<Judged> {
  const { claim, paperId } = citation;
  const touched = touching(sentences, claim);
  const [around] = touched;
  const { support: own, unjudged = false } = await judge.best(claim, paperId);
  const judged = { citation, whole: own, support: own, unjudged };
  if (around !== undefined && own < STRONG) {
    const all = await judge.best(around.sentence, paperId);
    judged.whole = Math.max(own, all.support);
    judged.unjudged &&= all.unjudged === true;
    const clause = around.papers.size > 1 ? await around.bestClause(paperId, judge) : 0;
    judged.support = Math.max(judged.whole, clause);
  }
  for (const sentence of touched) sentence.judged.push(judged);
  return judged;
}

interface Open {
  readonly unsupported: readonly Span[];
  readonly unjudged: readonly Span[];
}

const CLOSED: Open = { unsupported: [], unjudged: [] };

/** @param cited ids of all papers that the answer cites */
async function uncarried(
  audited: AuditedSentence,
  cited: readonly string[],
  judge: AuditJudge,
): Promise<Open> {
  const { sentence, isDenial, isQuestion, isFactual, judged } = audited;
  const span = { start: sentence.start, end: sentence.end };
  if (isDenial || isQuestion) return CLOSED;
  if (judged.length > 0) {
    const isUnjudged = judged.some(({ unjudged }) => unjudged) && judged.every(({ whole }) => whole < STRONG);
    return isUnjudged
      ? { unsupported: [], unjudged: [span] }
      : { unsupported: await uncarriedOf(audited, judge), unjudged: [] };
  }
  if (!isFactual) return CLOSED;
  let isUnjudged = false;
  for (const paperId of cited) {
    const { support, unjudged } = await judge.best(sentence, paperId);
    if (support >= STRONG) return CLOSED;
    isUnjudged ||= unjudged === true;
  }
  return isUnjudged ? { unsupported: [], unjudged: [span] } : { unsupported: [span], unjudged: [] };
}

/** Of the statements: how many may be open for an answer that is carried; what could not be judged counts half. */
const MOST_OPEN = 1 / 3;

function isWellCarried(
  sentences: readonly AuditedSentence[],
  judged: readonly Judged[],
  { unsupported, unjudged }: Open,
): boolean {
  const stated = sentences.filter(({ isFactual, isDenial }) => isFactual && !isDenial).length;
  const open = unsupported.length + unjudged.length / 2;
  return judged.some(({ support }) => support >= STRONG) && open <= MOST_OPEN * Math.max(1, stated);
}

/** What a sentence's own sources leave open: claims where they carry others of it, clauses where they carry no whole. */
async function uncarriedOf(audited: AuditedSentence, judge: AuditJudge): Promise<Span[]> {
  const { sentence, judged } = audited;
  const carried = judged.filter(({ whole }) => whole >= WEAK).map(({ citation }) => citation.claim.start);
  if (carried.length > 0) {
    const isCarried = new Set(carried);
    const claims = new Map(judged.map(({ citation: { claim } }) => [claim.start, claim]));
    return [...claims.values()].filter(
      (claim) => !isCarried.has(claim.start) && isFactual(judge.textOf(claim)),
    );
  }
  const papers = [...audited.papers];
  const clauses = papers.length > 1 ? audited.clauses : [];
  const open: Span[] = [];
  for (const clause of clauses) {
    const supports = await Promise.all(papers.map((paperId) => judge.support(clause, paperId)));
    if (Math.max(...supports) < WEAK) open.push({ start: clause.start, end: clause.end });
  }
  return open.length === clauses.length ? [{ start: sentence.start, end: sentence.end }] : open;
}

function isUncarried(
  sentences: readonly AuditedSentence[],
  judged: readonly Judged[],
  unsupported: readonly Span[],
): boolean {
  if (unsupported.length === 0 || judged.some(({ support }) => support >= WEAK)) return false;
  const ends = new Map(unsupported.map(({ start, end }) => [start, end]));
  return sentences
    .filter(({ isFactual, isDenial }) => isFactual && !isDenial)
    .every(({ sentence }) => ends.get(sentence.start) === sentence.end);
}

/** No side remark: it comes first, or makes up half of what is stated, and nothing else is carried by a source. */
function isDenial(sentences: readonly AuditedSentence[], judged: readonly Judged[]): boolean {
  const stated = sentences.filter(({ isDenial, isFactual }) => isDenial || isFactual);
  const denials = stated.filter(({ isDenial }) => isDenial);
  const [first] = stated;
  if (first === undefined || (denials[0] !== first && denials.length * 2 < stated.length)) return false;
  return !judged.some(
    ({ citation, support }) => support >= WEAK && touching(denials, citation.claim).length === 0,
  );
}

/** What stands between a marker that heads its block and the sentence. */
const HEAD = /^(?:[^\S\n]*\[\d+\])+[^\S\n\p{L}\p{N}]*$/u;

/**
 * Notes whose marker heads its block have no claim while they stream: each gets the sentence behind it, and the quote
 * that fits it. The others stay as they are.
 */
async function placeCitations(
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
