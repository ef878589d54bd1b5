/** From a question to what it is answered from: the records, or the papers ranked for it and whether they answer. */
import type { AnswerRequest } from "../../answer/answerer.ts";
import type { Paper, Scope } from "../../protocol.ts";
import type { Question } from "../../question/question.ts";
import type { Turn } from "../../question/reading/follow-up.ts";
import type { RankedPaper } from "../../retrieval/retriever.ts";
import { scopeFilter } from "../../retrieval/scope.ts";
import { type Context, decideOn, type PaperRead, type Verdict } from "../decide-on.ts";
import type { Snapshot } from "../index/live-index.ts";
import type { AskRequest } from "../port.ts";
import { fromRecords, type Recorded } from "./from-records.ts";
import { type Condense, type Found, type Search, standAlone } from "./stand-alone.ts";

/** What is left to an answerer. */
export type Task = Pick<
  AnswerRequest,
  "task" | "question" | "standalone" | "read" | "confidence" | "lacking" | "scopeSize"
>;

export interface Retrieved {
  /** The question as it stands alone. */
  readonly standaloneQuestion: string;
  /** What was asked of: given, or read out of the question. */
  readonly scope: Scope | undefined;
  readonly ranked: readonly RankedPaper[];
  /** Papers that are read with passages of their bodies, by id. */
  readonly excerpts?: ReadonlyMap<string, PaperRead> | undefined;
  /** What the records say, or what an answerer is to say. */
  readonly answer: { readonly said: Recorded } | { readonly task: Task };
}

interface Retrieving extends Pick<AskRequest, "scope" | "signal"> {
  /** Papers an answer may draw on. */
  readonly limit: number;
  /** Makes follow-ups stand alone; absent: the rule does. */
  readonly condense?: Condense | undefined;
  readonly wantsBodies?: boolean | undefined;
}

/** @throws AppError not_found for an unknown id in the scope; the reason of `signal` */
export async function retrieve(
  asked: Question,
  history: readonly Turn[],
  snapshot: Snapshot,
  { limit, condense, wantsBodies, ...request }: Retrieving,
): Promise<Retrieved> {
  const read = await fromRecords({ ...request, question: asked }, history, snapshot);
  if ("said" in read) return { ...read, answer: { said: read.said } };
  const { question, scope, chosen } = read;
  const inConversation = history.some(({ papers }) => papers.length > 0);
  const context = { question, scope: chosen, inConversation, wantsBodies };
  const search = new IndexSearch(snapshot, context, { limit, scope, signal: request.signal });
  const found = await standAlone(question, history, search, { condense, signal: request.signal });
  const { confidence, lacking, read: readAmong, excerpts } = found.verdict;
  const task: Task = {
    task: "question",
    question: asked,
    standalone: found.question,
    confidence,
    lacking,
    read: readAmong,
    scopeSize: papersIn(snapshot, scope),
  };
  return { standaloneQuestion: found.question.text, scope, ranked: found.ranked, excerpts, answer: { task } };
}

/** For a summary of `paper`, which the question names: nothing is to be decided. */
export async function retrieveOnly(
  paper: Paper,
  asked: Question,
  snapshot: Snapshot,
  { limit, scope, signal, wantsBodies }: Retrieving,
): Promise<Retrieved> {
  const context = { question: asked, inConversation: false, wantsBodies };
  const search = new IndexSearch(snapshot, context, { limit, scope: { paperIds: [paper.id] }, signal });
  const { question, ranked, verdict } = await standAlone(asked, [], search, { signal });
  // Of a paper without an abstract its body is summed up.
  const excerpts = paper.abstract === "" || wantsBodies ? verdict.excerpts : undefined;
  const task: Task = {
    task: "summary",
    question: asked,
    standalone: question,
    confidence: "high",
    scopeSize: 1,
  };
  return { standaloneQuestion: question.text, scope, ranked, excerpts, answer: { task } };
}

function papersIn({ generation: { catalog } }: Snapshot, scope: Scope | undefined): number {
  const isIn = scopeFilter(catalog, scope);
  return isIn === undefined ? catalog.size : catalog.all().filter(isIn).length;
}

/** The papers of an index, for one question in whatever words it is put. */
class IndexSearch implements Search {
  readonly #snapshot: Snapshot;
  readonly #context: Context;
  readonly #request: Retrieving;

  constructor(snapshot: Snapshot, context: Context, request: Retrieving) {
    this.#snapshot = snapshot;
    this.#context = context;
    this.#request = request;
  }

  async find(question: Question): Promise<Found> {
    const { limit, scope, signal } = this.#request;
    const ranked = await this.#snapshot.retriever.retrieve({ question, limit, scope, signal });
    return new FoundPapers(question, ranked, this.#context, this.#snapshot);
  }

  spelled(question: Question): Promise<Question> {
    return this.#snapshot.retriever.spelled(question);
  }

  title(paperId: string): string {
    return this.#snapshot.generation.catalog.get(paperId)?.title ?? "";
  }
}

/** Decided when that is first wanted, once. */
class FoundPapers implements Found {
  readonly question: Question;
  readonly ranked: readonly RankedPaper[];
  readonly #context: Context;
  readonly #snapshot: Snapshot;
  #verdict: Verdict | undefined;

  constructor(question: Question, ranked: readonly RankedPaper[], context: Context, snapshot: Snapshot) {
    this.question = question;
    this.ranked = ranked;
    this.#context = context;
    this.#snapshot = snapshot;
  }

  get verdict(): Verdict {
    this.#verdict ??= decideOn(this.#context, this.question, this.ranked, this.#snapshot);
    return this.#verdict;
  }
}
