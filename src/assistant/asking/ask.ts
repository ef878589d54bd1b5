/** The way of a question: stand alone, retrieve, decide, answer, verify, store. */
import type { Decision } from "../../answer/abstain/abstain.ts";
import type { Answerer, AnswerPart, AnswerRequest, ComposedAnswer } from "../../answer/answerer.ts";
import { AppError } from "../../errors.ts";
import type { Answer, AnswerEvent, Paper } from "../../protocol.ts";
import { Question } from "../../question/question.ts";
import { partRead } from "../../question/reading/message.ts";
import type { RankedPaper } from "../../retrieval/retriever.ts";
import { scopeFilter } from "../../retrieval/scope.ts";
import type { ConversationStore, Patience } from "../../store/conversation-store.ts";
import type { Snapshot } from "../index/live-index.ts";
import type { AskRequest } from "../port.ts";
import { nextQuestions } from "../suggestions/next-questions.ts";
import { AnswerDraft, type Checkpoints } from "./answer-draft.ts";
import { decideOn, type Placed } from "./decide-on.ts";
import { fromRecords, type Recorded } from "./from-records.ts";
import { placeQuestion } from "./place-question.ts";
import { type Condense, type Found, historyOf, type Search, standAlone } from "./stand-alone.ts";

/**
 * Messages of a thread that a follow-up is read with, itself among them: six questions with their answers. What is said
 * of "the third" is seldom further back. Each answer takes 2 ms to read and to find its papers in, and a thread of 2,000
 * messages is 20 MB.
 */
const HISTORY_MESSAGES = 13;

export interface AskContext {
  readonly conversations: ConversationStore;
  readonly answerer: Answerer;
  /** Makes follow-ups stand alone; absent: the rule does. */
  readonly condense?: Condense | undefined;
  /** Called with each answer that came to its end, once it is stored. */
  readonly onAnswered?: ((request: AskRequest, answer: Answer) => void) | undefined;
  /** Papers an answer may draw on when the request does not say. */
  readonly topK: number;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  readonly checkpoints: Checkpoints;
}

/**
 * Events of one answer, as the port says. The question is stored before `start`, with its answer marked as cut, what
 * is written of that at every checkpoint, the whole before `done`.
 * @param only set for a summary: the one paper it is about
 */
export async function* ask(
  request: AskRequest,
  snapshot: Snapshot,
  context: AskContext,
  only?: Paper,
): AsyncGenerator<AnswerEvent, void> {
  const { conversations, answerer, clock, checkpoints } = context;
  // An unknown id in the scope is told before anything is stored.
  if (only === undefined) scopeFilter(snapshot.generation.catalog, request.scope);
  const draft = new AnswerDraft(request, await placeQuestion(request, conversations), clock);
  yield { type: "start", conversationId: draft.conversationId, questionId: draft.questionId };
  const checkpoint = checkpoints.begin();
  const store = async (cut: boolean, patience?: Patience): Promise<Answer> => {
    const answer = draft.finish(answerer.model, cut);
    await conversations.write(request.owner, request.messageId, answer, patience);
    return answer;
  };
  let parts: ReturnType<Answerer["answer"]> | undefined;
  try {
    const plan = yield* retrieve(draft, snapshot, context, only);
    // No generator around this loop: every word of every answer comes through here.
    parts = "said" in plan ? say(plan.said) : answerer.answer(toAnswerRequest(draft, snapshot, plan));
    let part = await parts.next();
    for (; !part.done; part = await parts.next()) {
      const event = toEvent(draft, part.value);
      if (event !== undefined) yield event;
      if (event?.type === "sources") yield { type: "status", stage: "answering" };
      if (checkpoint.due()) await store(true, { wait: false }).catch(throwUnlessBusy);
    }
    yield { type: "status", stage: "verifying" };
    draft.compose(part.value);
    const scope = only === undefined ? request.scope : undefined;
    draft.next = nextQuestions(draft.finish(answerer.model, false), scope, snapshot);
  } catch (error) {
    if (!request.signal?.aborted) throw error;
  } finally {
    checkpoint.end();
    // What fails or is no longer read stops its model.
    void parts?.return(undefined as never).catch(() => {});
  }
  const cut = request.signal?.aborted === true;
  const answer = await store(cut);
  if (!cut) context.onAnswered?.(request, answer);
  yield { type: cut ? "aborted" : "done", answer };
}

async function* retrieve(
  draft: AnswerDraft,
  snapshot: Snapshot,
  { conversations, topK, condense }: AskContext,
  only: Paper | undefined,
): AsyncGenerator<AnswerEvent, Task | { said: Recorded }> {
  const { owner, signal, limit = topK } = draft.request;
  const thread = await conversations.thread(owner, draft.questionId, HISTORY_MESSAGES);
  const history = only === undefined ? historyOf(thread.slice(0, -1), snapshot) : [];
  if (history.length > 0) yield { type: "status", stage: "rewriting" };
  yield { type: "status", stage: "retrieving" };
  const asked = { ...draft.request, question: new Question(partRead(draft.request.question)) };
  const read =
    only === undefined
      ? await fromRecords(asked, history, snapshot)
      : { question: asked.question, scope: { paperIds: [only.id] }, chosen: undefined };
  if (only === undefined) draft.scope = read.scope;
  if ("said" in read) {
    draft.retrieved(read.standaloneQuestion, read.ranked, snapshot.generation.catalog);
    return { said: read.said };
  }
  const { question, scope } = read;
  const placed = { question, scope: read.chosen, inTalk: history.some(({ papers }) => papers.length > 0) };
  const search: Search = {
    title: (id) => snapshot.generation.catalog.get(id)?.title ?? "",
    spelled: (text) => snapshot.retriever.spelled(text),
    find: async (one) => {
      const ranked = await snapshot.retriever.retrieve({ question: one, limit, scope, signal });
      return new FoundPapers(one, ranked, placed, snapshot);
    },
  };
  const found = await standAlone(question, history, search, { condense, signal });
  draft.retrieved(found.question.text, found.ranked, snapshot.generation.catalog);
  const plan = { question: asked.question, standalone: found.question };
  if (only !== undefined) return { ...plan, task: "summary", confidence: "high", papersAsked: 1 };
  const { confidence, lacking, read: readAmong } = found.verdict;
  const papersAsked = papersIn(snapshot, scope);
  return { ...plan, task: "question", confidence, lacking, read: readAmong, papersAsked };
}

/** Decided when that is first wanted, once. */
class FoundPapers implements Found {
  readonly question: Question;
  readonly ranked: readonly RankedPaper[];
  readonly #decide: () => Decision;
  #verdict: Decision | undefined;

  constructor(question: Question, ranked: readonly RankedPaper[], placed: Placed, snapshot: Snapshot) {
    this.question = question;
    this.ranked = ranked;
    this.#decide = () => decideOn(placed, question, ranked, snapshot);
  }

  get verdict(): Decision {
    this.#verdict ??= this.#decide();
    return this.#verdict;
  }
}

/** What needs no answerer. */
async function* say(said: Recorded): AsyncGenerator<AnswerPart, ComposedAnswer> {
  yield { type: "sources", sources: said.sources };
  yield { type: "text", text: said.text };
  return said;
}

/** While another program holds the database, the words go on; the next checkpoint comes soon. */
function throwUnlessBusy(error: unknown): void {
  if (!(error instanceof AppError && error.code === "busy")) throw error;
}

function papersIn({ generation: { catalog } }: Snapshot, scope: AskRequest["scope"]): number {
  const isIn = scopeFilter(catalog, scope);
  return isIn === undefined ? catalog.size : catalog.all().filter(isIn).length;
}

type Task = Pick<
  AnswerRequest,
  "task" | "question" | "standalone" | "read" | "confidence" | "lacking" | "papersAsked"
>;

function toAnswerRequest(draft: AnswerDraft, snapshot: Snapshot, plan: Task): AnswerRequest {
  const { messageId, question: whole, signal } = draft.request;
  return {
    ...plan,
    messageId,
    ...(plan.question.text === whole ? {} : { whole }),
    sources: draft.sources,
    paper: (id) => draft.paper(id),
    logits: (id) => draft.ranked.find(({ paperId }) => paperId === id)?.sentences,
    corpusSize: snapshot.generation.catalog.size,
    idf: (term) => snapshot.retriever.idf(term),
    signal,
  };
}

/** Undefined for a note that does not hold. */
function toEvent(draft: AnswerDraft, part: AnswerPart): AnswerEvent | undefined {
  if (part.type === "citation") return draft.cite(part.citation) ? part : undefined;
  if (part.type === "sources") {
    draft.number(part.sources);
    return { type: "sources", sources: draft.sources };
  }
  draft.append(part.text);
  return { type: "delta", text: part.text };
}
