/** Asks the questions of an evaluation, one after the other, as a user would. */
import type { Assistant } from "../assistant/port.ts";
import { AppError } from "../errors.ts";
import type { Answer } from "../protocol.ts";
import { randomId } from "../util/strings.ts";
import { nextTurn } from "../util/turns.ts";
import { type JudgedPapers, paperFinder } from "./find-papers.ts";
import { type Figures, isRight, judgeAnswer } from "./judge-answer.ts";
import { type Question, questionDigest, UNANSWERABLE } from "./question.ts";
import type { Result } from "./result.ts";

/** Conversations of the evaluation; the caller gives it a store of its own. */
const OWNER = "eval";

interface RunOptions {
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * @param assistant started; its conversations fill with the questions
 * @throws AppError (bad_request) before the first question when one names a paper that the index does not hold;
 * the signal's reason
 */
export async function runEvaluation(
  assistant: Assistant,
  questions: readonly Question[],
  { onProgress, signal }: RunOptions = {},
): Promise<Result[]> {
  const find = await paperFinder(assistant.papers);
  const asked: { question: Question; papers: JudgedPapers }[] = [];
  for (const question of questions) asked.push({ question, papers: await find(question) });
  // The first question of a process pays for what is loaded when first needed, which is no time of an answer.
  if (questions[0] !== undefined) await askAll(assistant, questions[0], signal);
  const results: Result[] = [];
  for (const { question, papers } of asked) {
    await nextTurn(signal); // Lets Ctrl-C in between two answers that wait for nothing.
    onProgress?.(results.length, questions.length);
    const { answer, ms } = await askAll(assistant, question, signal);
    const ranking = await rankingOf(assistant, answer, papers, signal);
    const verbatim = await verbatimNotes(assistant, answer);
    const figures = {
      ...rankingFigures(ranking, papers),
      ...judgeAnswer(question, papers, answer, ({ id }) => verbatim.has(id)),
    };
    const { id, type, subtype } = question;
    const { confidence } = answer;
    const right = isRight(question, confidence, figures);
    const answerable = type !== UNANSWERABLE;
    const digest = questionDigest(question);
    results.push({ id, type, subtype, digest, answerable, confidence, right, figures, ms });
  }
  return results;
}

/** The last answer of a conversation of `history` and `question`, and how long that answer took. */
async function askAll(
  assistant: Assistant,
  { history = [], question, place }: Question,
  signal: AbortSignal | undefined,
): Promise<{ answer: Answer; ms: number }> {
  let answer: Answer | undefined;
  let began = 0;
  for (const text of [...history, question]) {
    const conversation = answer === undefined ? {} : { conversationId: answer.conversationId };
    began = performance.now();
    const request = { owner: OWNER, messageId: randomId(), question: text, signal, ...conversation };
    for await (const event of assistant.ask(request)) if (event.type === "done") answer = event.answer;
    signal?.throwIfAborted();
  }
  if (answer === undefined) throw new AppError("internal", `${place}: the question got no answer`);
  return { answer, ms: performance.now() - began };
}

/** The papers that the answer drew on, then what search finds beyond them, deep enough to be cut at ten. */
async function rankingOf(
  assistant: Assistant,
  { sources, standaloneQuestion: query }: Answer,
  { gold, partial }: JudgedPapers,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  if (gold.length === 0) return [];
  const { results } = await assistant.search({ query, limit: CUT + partial.length, signal });
  // They are numbered as the answer cites them.
  const ranked = [...sources].sort((a, b) => b.score - a.score);
  return [...new Set([...ranked, ...results].map(({ paper }) => paper.id))];
}

function rankingFigures(ranking: readonly string[], { gold, partial }: JudgedPapers): Figures {
  if (gold.length === 0) return {};
  const judged = { gold: new Map(gold.map((id) => [id, 1])), ignored: new Set(partial) };
  return {
    "hit@1": hit(ranking, judged, 1),
    "hit@3": hit(ranking, judged, 3),
    "hit@10": hit(ranking, judged, CUT),
    "recall@10": recall(ranking, judged),
    mrr: reciprocalRank(ranking, judged),
    "ndcg@10": ndcg(ranking, judged),
  };
}

/** Looked up in the paper itself: what the answerer says of its notes is not taken for it. @returns the ids of those that hold */
async function verbatimNotes({ papers }: Assistant, { citations }: Answer): Promise<Set<string>> {
  const held = new Set<string>();
  for (const { id, paperId, field, start, end, quote } of citations) {
    const { paper } = await papers.get(paperId);
    const text =
      field === "body" ? (await papers.body(paperId, { start, end })).text : paper[field].slice(start, end);
    if (quote !== "" && text === quote) held.add(id);
  }
  return held;
}

/** Ranking figures, as in the field: graded relevance, cut at ten where no other cut is given. */

export interface Judged {
  /** Relevance by document id; absent is 0. */
  readonly gold: ReadonlyMap<string, number>;
  /** Ids that count neither way: they are taken out of the ranking before it is cut. */
  readonly ignored?: ReadonlySet<string>;
}

const CUT = 10;

/** nDCG@10 with linear gain (Järvelin & Kekäläinen 2002). */
export function ndcg(ranked: readonly string[], { gold, ignored }: Judged): number {
  const gains = kept(ranked, ignored).map((id) => gold.get(id) ?? 0);
  const ideal = [...gold.values()].sort((a, b) => b - a);
  const discounted = (values: readonly number[]) =>
    values.slice(0, CUT).reduce((sum, gain, at) => sum + gain / Math.log2(at + 2), 0);
  return discounted(ideal) === 0 ? 0 : discounted(gains) / discounted(ideal);
}

/** 1 when a relevant document is among the first `cut`. */
export function hit(ranked: readonly string[], { gold, ignored }: Judged, cut: number): number {
  return kept(ranked, ignored)
    .slice(0, cut)
    .some((id) => (gold.get(id) ?? 0) > 0)
    ? 1
    : 0;
}

/** Share of the relevant documents among the first ten. */
export function recall(ranked: readonly string[], { gold, ignored }: Judged): number {
  const found = kept(ranked, ignored)
    .slice(0, CUT)
    .filter((id) => (gold.get(id) ?? 0) > 0);
  return found.length / gold.size;
}

/** 1 / the rank of the first relevant document; 0 when it is not among the first ten. Its mean is MRR@10. */
export function reciprocalRank(ranked: readonly string[], { gold, ignored }: Judged): number {
  const at = kept(ranked, ignored)
    .slice(0, CUT)
    .findIndex((id) => (gold.get(id) ?? 0) > 0);
  return at < 0 ? 0 : 1 / (at + 1);
}

function kept(ranked: readonly string[], ignored: ReadonlySet<string> | undefined): readonly string[] {
  return ignored === undefined ? ranked : ranked.filter((id) => !ignored.has(id));
}
