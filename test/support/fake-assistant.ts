import { tmpdir } from "node:os";
import path from "node:path";
import { Additions } from "../../src/assistant/additions/additions.ts";
import type {
  AskRequest,
  Assistant,
  Conversations,
  EmbedRequest,
  FindRequest,
  Papers,
  SearchRequest,
} from "../../src/assistant/port.ts";
import { AppError } from "../../src/errors.ts";
import type {
  Answer,
  AnswerEvent,
  FindResponse,
  MapResponse,
  Readiness,
  SearchResponse,
} from "../../src/protocol.ts";
import { randomId } from "../../src/util/strings.ts";
import { FakeConversations } from "./fake-conversations.ts";
import { FakePapers } from "./fake-papers.ts";
import { sampleAnswer, samplePaper } from "./sample-answer.ts";

/** Called before each event after the first; what it throws ends the answer. */
type Pace = (nextEvent: number, request: AskRequest) => Promise<void>;

const READY: Readiness = {
  status: "ready",
  papers: 1,
  passages: 2,
  embeddingModel: "fake",
  answerModel: "extractive",
  components: { index: "ok" },
};

/** Answers every question with the same scripted events, stores what the real one stores, and records its calls. */
export class FakeAssistant implements Assistant {
  readonly asked: AskRequest[] = [];
  readonly searched: SearchRequest[] = [];
  readonly conversations: FakeConversations & Conversations = new FakeConversations();
  readonly papers: Papers = new FakePapers();
  /** Real, but for the ingest. */
  readonly additions = new Additions({
    folder: path.join(tmpdir(), `footnote-fake-${randomId()}`),
    mostBytes: 1024 * 1024,
    ingest: () => this.ingest(),
    preview: () => this.ingest(),
    now: () => new Date(),
    clock: () => performance.now(),
  });
  state: Readiness = READY;
  pace: Pace = async () => {};
  /** The same object until a test puts another in its place. */
  drawn: MapResponse = {
    papers: [[samplePaper.id, 0.5, 0.5, 0, samplePaper.title, null]],
    groups: [{ terms: ["walks"], x: 0.5, y: 0.5, papers: 1 }],
  };
  /** Thrown before the first event of an ask, and by search, suggestions and map. */
  refusal: unknown;
  /** Makes of the sample answer the one that is streamed. */
  write: (answer: Answer) => Answer = (answer) => answer;
  /** Makes of the answer as it was streamed the final one. */
  revise: (answer: Answer) => Answer = (answer) => answer;
  /** Milliseconds that a search takes. */
  searchMs = 0;

  async start(): Promise<void> {}

  readiness(): Readiness {
    return this.state;
  }

  async *ask(request: AskRequest): AsyncGenerator<AnswerEvent, void> {
    this.asked.push(request);
    if (this.refusal !== undefined) throw this.refusal;
    const { store } = this.conversations;
    const { owner, question, messageId } = request;
    const conversation = request.conversationId
      ? await store.get(owner, request.conversationId)
      : await store.create(owner, question);
    const asked = { id: randomId(), role: "user" as const, text: question };
    const empty = {
      id: messageId,
      parentId: asked.id,
      role: "assistant" as const,
      text: "",
      cut: true as const,
    };
    await store.append(owner, conversation.id, [asked, empty]);
    const answer = this.write(sampleAnswer(messageId, conversation.id, question));
    const revised = this.revise(answer);
    const keep = async (kept: Answer): Promise<Answer> => {
      await store.write(owner, messageId, kept);
      return kept;
    };
    let written = "";
    let index = 0;
    for (const event of script(answer)) {
      if (index > 0) await this.pace(index, request);
      if (request.signal?.aborted) {
        yield { type: "aborted", answer: await keep({ ...answer, cut: true, text: written, citations: [] }) };
        return;
      }
      if (event.type === "delta") written += event.text;
      yield event.type === "done" ? { type: "done", answer: await keep(revised) } : event;
      index += 1;
    }
  }

  async search(request: SearchRequest): Promise<SearchResponse> {
    this.searched.push(request);
    if (this.refusal !== undefined) throw this.refusal;
    if (this.searchMs > 0) await new Promise((resolve) => setTimeout(resolve, this.searchMs));
    const passage = { field: "abstract" as const, text: samplePaper.abstract.slice(0, 5), start: 0, end: 5 };
    const result = { paper: samplePaper, score: 1, passages: [passage], why: { dense: 0.5, lexical: 0.5 } };
    return { results: [result], tookMs: 0.1 };
  }

  async find({ text }: FindRequest): Promise<FindResponse> {
    if (this.refusal !== undefined) throw this.refusal;
    const start = samplePaper.abstract.indexOf(text);
    const grade = start < 0 ? "nowhere" : "says-so";
    const sentence = { field: "abstract" as const, text, start, end: start + text.length };
    return {
      grade,
      matches: start < 0 ? [] : [{ paper: samplePaper, grade, score: 1, sentence }],
      tookMs: 0.1,
    };
  }

  summarize(_titleOrId: string, request: Omit<AskRequest, "question">): AsyncGenerator<AnswerEvent, void> {
    return this.ask({ ...request, question: "summary" });
  }

  async suggestions(): Promise<string[]> {
    if (this.refusal !== undefined) throw this.refusal;
    return ["What ranks pages?"];
  }

  map(): MapResponse {
    if (this.refusal !== undefined) throw this.refusal;
    return this.drawn;
  }

  async removePapers(): Promise<never> {
    throw new AppError("internal", "nothing can be removed here");
  }

  async embed({ texts }: EmbedRequest) {
    return { model: "fake", vectors: texts.map((text) => Float32Array.of(text.length, 0.5)) };
  }

  async tagPapers(): Promise<never> {
    throw new AppError("internal", "nothing can be tagged here");
  }

  async ingest(): Promise<never> {
    throw new AppError("bad_request", "the fake takes no papers");
  }

  async close(): Promise<void> {}
}

/** Every kind of event that an answer may have, in order. */
function script(answer: Answer): AnswerEvent[] {
  const [first = "", ...rest] = answer.text.split(/(?<= )/);
  return [
    { type: "start", conversationId: answer.conversationId },
    { type: "status", stage: "rewriting" },
    { type: "status", stage: "retrieving" },
    { type: "sources", sources: answer.sources },
    { type: "status", stage: "answering" },
    { type: "delta", text: first },
    ...rest.map((text): AnswerEvent => ({ type: "delta", text })),
    { type: "status", stage: "verifying" },
    ...answer.citations.map((citation): AnswerEvent => ({ type: "citation", citation })),
    { type: "done", answer },
  ];
}
