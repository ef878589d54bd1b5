/** The way of a question: read, ranked, decided, answered part by part, verified, stored. */
import type { Answerer, AnswerPart, AnswerRequest, ComposedAnswer } from "../../answer/answerer.ts";
import { AppError } from "../../errors.ts";
import type { Answer, AnswerEvent, Paper } from "../../protocol.ts";
import { Question } from "../../question/question.ts";
import type { Turn } from "../../question/reading/follow-up.ts";
import { partRead } from "../../question/reading/message.ts";
import { scopeFilter } from "../../retrieval/scope.ts";
import type { ConversationStore, Patience } from "../../store/conversations/conversation-store.ts";
import type { Snapshot } from "../index/live-index.ts";
import type { AskRequest } from "../port.ts";
import { nextQuestions } from "../suggestions/next-questions.ts";
import { AnswerDraft, type Checkpoints } from "./answer-draft.ts";
import { appendQuestion } from "./append-question.ts";
import type { Recorded } from "./from-records.ts";
import { retrieve, retrieveOnly, type Task } from "./retrieve.ts";
import { type Condense, historyOf } from "./stand-alone.ts";

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
  const { conversations, answerer, clock, checkpoints, condense } = context;
  const { catalog } = snapshot.generation;
  // An unknown id in the scope is told before anything is stored.
  if (only === undefined) scopeFilter(catalog, request.scope);
  const draft = new AnswerDraft(request, await appendQuestion(request, conversations), clock);
  yield { type: "start", conversationId: draft.conversationId, questionId: draft.questionId };
  const checkpoint = checkpoints.begin();
  let parts: ReturnType<Answerer["answer"]> | undefined;
  try {
    const question = new Question(partRead(request.question));
    const before = request.history ?? (() => turnsBefore(draft, snapshot, conversations));
    const history = only !== undefined ? [] : typeof before === "function" ? await before() : before;
    if (history.length > 0) yield { type: "status", stage: "rewriting" };
    yield { type: "status", stage: "retrieving" };
    const { scope, signal, limit = context.topK } = request;
    const retrieving = { scope, signal, limit, condense, wantsBodies: answerer.wantsBodies };
    const found =
      only === undefined
        ? await retrieve(question, history, snapshot, retrieving)
        : await retrieveOnly(only, question, snapshot, retrieving);
    draft.retrieved(found, catalog);
    const { answer } = found;
    parts = "said" in answer ? say(answer.said) : answerer.answer(requestFor(answer.task, draft, snapshot));
    // No generator around this loop: every word of every answer comes through here.
    let part = await parts.next();
    for (; !part.done; part = await parts.next()) {
      const event = draft.take(part.value);
      if (event !== undefined) yield event;
      if (event?.type === "sources") yield { type: "status", stage: "answering" };
      if (checkpoint.due()) await store(draft, context, true, { wait: false }).catch(throwUnlessBusy);
    }
    yield { type: "status", stage: "verifying" };
    const added = draft.compose(part.value);
    if (added !== "") yield { type: "delta", text: added };
    draft.next = await nextQuestions(
      draft.finish(answerer.model, false),
      only === undefined ? scope : undefined,
      snapshot,
    );
  } catch (error) {
    if (!request.signal?.aborted) throw error;
  } finally {
    checkpoint.end();
    // What fails or is no longer read stops its model.
    void parts?.return(undefined as never).catch(() => {});
  }
  const cut = request.signal?.aborted === true;
  const answer = await store(draft, context, cut);
  if (!cut) context.onAnswered?.(request, answer);
  yield { type: cut ? "aborted" : "done", answer };
}

async function turnsBefore(
  { request, questionId }: AnswerDraft,
  snapshot: Snapshot,
  conversations: ConversationStore,
): Promise<Turn[]> {
  const thread = await conversations.thread(request.owner, questionId, HISTORY_MESSAGES);
  return historyOf(thread.slice(0, -1), snapshot);
}

/** What needs no answerer. */
async function* say(said: Recorded): AsyncGenerator<AnswerPart, ComposedAnswer> {
  yield { type: "sources", sources: said.sources };
  yield { type: "text", text: said.text };
  return said;
}

function requestFor(task: Task, draft: AnswerDraft, { generation, retriever }: Snapshot): AnswerRequest {
  const { messageId, question: whole, signal } = draft.request;
  return {
    ...task,
    messageId,
    ...(task.question.text === whole ? {} : { whole }),
    sources: draft.sources,
    paper: (id) => draft.read(id).paper,
    logits: (id) => draft.read(id).sentences,
    corpusSize: generation.catalog.size,
    idf: (term) => retriever.idf(term),
    signal,
  };
}

async function store(
  draft: AnswerDraft,
  { answerer, conversations }: AskContext,
  cut: boolean,
  patience?: Patience,
): Promise<Answer> {
  const { owner, messageId } = draft.request;
  const answer = draft.finish(answerer.model, cut);
  await conversations.write(owner, messageId, answer, patience);
  return answer;
}

/** While another program holds the database, the words go on; the next checkpoint comes soon. */
function throwUnlessBusy(error: unknown): void {
  if (!(error instanceof AppError && error.code === "busy")) throw error;
}
