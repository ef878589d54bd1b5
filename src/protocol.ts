/**
 * The contract of HTTP, WebSocket and command line: what crosses the wire, as zod schemas and the types
 * inferred from them. Imported by the server, the client and the web page. Adding a field is compatible;
 * renaming, removing or retyping one is not. Times are milliseconds, dates ISO 8601, offsets UTF-16 code units.
 */
import { z } from "zod";
import { ERROR_CODES } from "./errors.ts";
import {
  MAX_COMMENT_LENGTH,
  MAX_FIND_LENGTH,
  MAX_LIMIT,
  MAX_QUESTION_LENGTH,
  MAX_TITLE_LENGTH,
  PROTOCOL_VERSION,
} from "./protocol/limits.ts";
import { AnswerShape, BodyOutline, Facets, FindGrade, Scope, Stage } from "./protocol/schemas.ts";

export * from "./protocol/ingest.ts";
export * from "./protocol/limits.ts";
export * from "./protocol/schemas.ts";

const id = z.string().min(1).max(128);
const offset = z.int().min(0);
const span = z.object({ start: offset, end: offset });

export const Field = z.enum(["title", "abstract", "body"]);
export type Field = z.infer<typeof Field>;

export const Paper = z.object({
  id,
  title: z.string(),
  abstract: z.string(),
  authors: z.array(z.string()).optional(),
  year: z.int().optional(),
  venue: z.string().optional(),
  url: z.string().optional(),
  links: z.array(z.string()).optional(),
  doi: z.string().optional(),
  arxivId: z.string().optional(),
  tags: z.array(z.string()).optional(),
  /** The named corpora that it was put into. */
  corpora: z.array(z.string()).optional(),
  source: z.string(),
  revision: z.string(),
  flags: z.array(z.string()).optional(),
});
export type Paper = z.infer<typeof Paper>;

/** `paper[field].slice(start, end) === text`, always. */
export const Passage = z.object({
  field: Field,
  /** Of the body: its page from 1, and the heading that it stands under. */
  page: z.int().optional(),
  section: z.string().optional(),
  text: z.string(),
  start: offset,
  end: offset,
});
export type Passage = z.infer<typeof Passage>;

export const Source = z.object({
  marker: z.int().min(1),
  paper: Paper.omit({ abstract: true }),
  score: z.number(),
  passages: z.array(Passage),
});
export type Source = z.infer<typeof Source>;

/** A numbered note: `paper[field].slice(start, end) === quote`, checked before it is sent. */
export const Citation = z.object({
  id,
  marker: z.int().min(1),
  paperId: id,
  paperRevision: z.string(),
  title: z.string(),
  url: z.string().optional(),
  claim: span,
  field: Field,
  page: z.int().optional(),
  section: z.string().optional(),
  quote: z.string(),
  start: offset,
  end: offset,
  support: z.enum(["strong", "weak"]),
  /** The language model named no source here: this one was found to say it. */
  found: z.literal(true).optional(),
});
export type Citation = z.infer<typeof Citation>;

export const Confidence = z.enum(["high", "tentative", "none"]);
export type Confidence = z.infer<typeof Confidence>;

export const Answer = z.object({
  messageId: id,
  conversationId: id,
  question: z.string(),
  standaloneQuestion: z.string(),
  /** As the question was asked with, or read out of it; absent for every paper, a summary's one, and where it was not kept. */
  scope: Scope.optional(),
  /** No scope was given: it was read out of the question, and the next question is not bound by it. */
  scopeRead: z.literal(true).optional(),
  text: z.string(),
  citations: z.array(Citation),
  sources: z.array(Source),
  confidence: Confidence,
  abstained: z.boolean(),
  /** Absent from answers that were stored before there was one. */
  shape: AnswerShape.optional(),
  /** One paper is asked about, and it does not state what is asked. */
  notStated: z.boolean().optional(),
  /** Where nothing is found or it is not stated: papers to look at, best first. */
  nearest: z.array(Source).optional(),
  /** Questions to go on with, best first; each is answered in this conversation. */
  next: z.array(z.string()).max(3).optional(),
  unsupported: z.array(span),
  /** Claims that could not be held against their sources: they are in another language, without a number or a name. */
  unjudged: z.array(span).optional(),
  model: z.string(),
  /** It was stopped before its end: `text` is what was written until then. */
  cut: z.literal(true).optional(),
  fallback: z.object({ from: z.string(), reason: z.string() }).optional(),
  usage: z.object({ inputTokens: z.int(), outputTokens: z.int() }).optional(),
  /** What the model thought aloud before it answered, its beginning: no part of the answer, and nothing of it is checked. */
  thoughts: z.string().optional(),
  timings: z.object({ retrievalMs: z.number(), firstTokenMs: z.number(), totalMs: z.number() }),
});
export type Answer = z.infer<typeof Answer>;

export const Feedback = z.strictObject({
  rating: z.enum(["up", "down"]),
  comment: z.string().max(MAX_COMMENT_LENGTH).optional(),
});
export type Feedback = z.infer<typeof Feedback>;

export const Message = z.object({
  id,
  parentId: id.optional(),
  role: z.enum(["user", "assistant"]),
  createdAt: z.iso.datetime(),
  text: z.string(),
  answer: Answer.optional(),
  /** An answer that has not come to its end: it is being written, was stopped, or its process ended in its course. */
  cut: z.literal(true).optional(),
  feedback: Feedback.optional(),
});
export type Message = z.infer<typeof Message>;

export const Conversation = z.object({
  id,
  title: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  messages: z.array(Message).optional(),
});
export type Conversation = z.infer<typeof Conversation>;

const problem = { code: z.enum(ERROR_CODES), message: z.string(), retryable: z.boolean() };
export const Problem = z.object({ error: z.object({ ...problem, field: z.string().optional() }) });
export type Problem = z.infer<typeof Problem>;

/** Every list says how many items there are in all, and how to ask for the next page when there is one. */
const pageOf = { nextCursor: z.string().optional(), total: z.int().min(0) };

/** `facets` where they are asked for. */
export const PapersResponse = z.object({ papers: z.array(Paper), facets: Facets.optional(), ...pageOf });
export type PapersResponse = z.infer<typeof PapersResponse>;

export const ConversationsResponse = z.object({ conversations: z.array(Conversation), ...pageOf });
export type ConversationsResponse = z.infer<typeof ConversationsResponse>;

/** A conversation with one page of its messages, oldest first. */
export const ConversationResponse = Conversation.extend({ messages: z.array(Message), ...pageOf });
export type ConversationResponse = z.infer<typeof ConversationResponse>;

export const SuggestionsResponse = z.object({ suggestions: z.array(z.string()) });
export type SuggestionsResponse = z.infer<typeof SuggestionsResponse>;

// ── Requests ────────────────────────────────────────────────────────────────────────────────────────────

const limit = z.int().min(1).max(MAX_LIMIT);
const question = z
  .string()
  .max(MAX_QUESTION_LENGTH)
  .refine((text) => text.trim() !== "", "must not be empty");
const askFields = {
  question,
  conversationId: id.optional(),
  /** The message that the question stands under; `ROOT` for none: it begins the conversation again. */
  parentId: id.optional(),
  scope: Scope.optional(),
  limit: limit.optional(),
  /** One of the models that are set (`answerModels` of /ready), or "extractive"; absent: the default. */
  model: z.string().min(1).max(200).optional(),
};

export const AskBody = z.object(askFields);
export type AskBody = z.infer<typeof AskBody>;

export const SearchBody = z.object({ query: question, limit: limit.default(10), scope: Scope.optional() });
export type SearchBody = z.infer<typeof SearchBody>;

export const RenameBody = z.object({
  title: z
    .string()
    .max(MAX_TITLE_LENGTH)
    .refine((text) => text.trim() !== "", "must not be empty"),
});
export type RenameBody = z.infer<typeof RenameBody>;

export const SearchResult = z.object({
  paper: Paper,
  score: z.number(),
  passages: z.array(Passage),
  /** What each side added to the score. */
  why: z.object({ dense: z.number(), lexical: z.number(), reader: z.number().optional() }),
});
export type SearchResult = z.infer<typeof SearchResult>;
export const SearchResponse = z.object({ results: z.array(SearchResult), tookMs: z.number() });
export type SearchResponse = z.infer<typeof SearchResponse>;

export const FindBody = z.object({
  text: question.max(MAX_FIND_LENGTH),
  limit: limit.default(3),
  scope: Scope.optional(),
});
export type FindBody = z.infer<typeof FindBody>;
export const FindResponse = z.object({
  /** That of the first match. Each has the nearest sentence of its paper; `score` in [0, 1]. */
  grade: FindGrade,
  matches: z.array(z.object({ paper: Paper, grade: FindGrade, score: z.number(), sentence: Passage })),
  tookMs: z.number(),
});
export type FindResponse = z.infer<typeof FindResponse>;

export const PaperResponse = z.object({
  paper: Paper,
  /** Absent for a paper that is known by its abstract alone. */
  body: BodyOutline.optional(),
  related: z.array(z.object({ paper: Paper, score: z.number() })),
});
export type PaperResponse = z.infer<typeof PaperResponse>;

// ── WebSocket ───────────────────────────────────────────────────────────────────────────────────────────

export const RequestId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "takes 1 to 64 of A-Z a-z 0-9 _ -");

export const ClientFrame = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("hello"),
    protocol: z.literal(PROTOCOL_VERSION),
    token: z.string().max(1000).optional(),
  }),
  z.object({ type: z.literal("ask"), requestId: RequestId, ...askFields }),
  z.object({ type: z.literal("cancel"), messageId: id }),
  z.object({
    type: z.literal("resume"),
    messageId: id,
    afterSeq: offset,
    /** Comes back with the error, if it is one. */
    requestId: RequestId.optional(),
  }),
  z.object({ type: z.literal("ping") }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

/** A frame of an answer before the server gives it its `messageId` and `seq`. */
export const AnswerEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("start"),
    requestId: z.string().optional(),
    conversationId: id,
    /** The message that holds the question. */
    questionId: id.optional(),
  }),
  z.object({ type: z.literal("status"), stage: Stage }),
  z.object({ type: z.literal("sources"), sources: z.array(Source) }),
  z.object({ type: z.literal("delta"), text: z.string() }),
  z.object({ type: z.literal("citation"), citation: Citation }),
  z.object({ type: z.literal("done"), answer: Answer }),
  z.object({ type: z.literal("aborted"), answer: Answer }),
  z.object({ type: z.literal("error"), ...problem }),
]);
export type AnswerEvent = z.infer<typeof AnswerEvent>;

export const AnswerFrame = z.intersection(AnswerEvent, z.object({ messageId: id, seq: z.int().min(1) }));
export type AnswerFrame = z.infer<typeof AnswerFrame>;

export const ServerFrame = z.union([
  AnswerFrame,
  z.object({
    type: z.literal("welcome"),
    protocol: z.literal(PROTOCOL_VERSION),
    owner: z.string(),
    /** Whether it may do what concerns everyone, such as adding papers. */
    admin: z.boolean(),
  }),
  z.object({ type: z.literal("pong") }),
  z.object({ type: z.literal("error"), ...problem, requestId: z.string().optional() }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;
