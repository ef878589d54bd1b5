import { z } from "zod";
import { AppError } from "../../errors.ts";
import {
  Answer,
  AskBody,
  Conversation,
  ConversationResponse,
  ConversationsResponse,
  ExportFormat,
  Feedback,
  Message,
  RenameBody,
} from "../../protocol.ts";
import { type AnswerRun, checkSeq } from "../answers/answer-run.ts";
import { ownerFor } from "../guard/identity.ts";
import { defineRoute, PageQuery, SearchPageQuery } from "../http/route.ts";
import { json, nothing } from "../http/route-result.ts";

export const askRoutes = [
  defineRoute({
    method: "post",
    path: "/api/ask",
    summary: "An answer: whole as JSON, or as it is written, as server-sent events",
    body: AskBody,
    answers: [
      {
        status: 200,
        description: "The answer",
        schema: Answer,
        mediaTypes: ["application/json", "text/event-stream"],
      },
    ],
    errors: ["not_found", "conflict", "rate_limited", "indexing", "busy", "model_error"],
    handle: async ({ principal, body, wantsEvents, gone }, { runs }) => {
      const run = runs.start(principal, body);
      if (wantsEvents) {
        // Until the first event a failure still has a status of its own. From then on the answer goes on without its
        // asker, who knows its id and can come back for it.
        await run.started;
        return { kind: "events", run, afterSeq: 0 };
      }
      // Nobody else knows the id of this one.
      gone.addEventListener("abort", () => run.cancel());
      return json(await wholeAnswer(run));
    },
  }),
];

/**
 * The answer of `run` when it is complete.
 * @throws what `ask` threw before it started; the error that ended it; AppError conflict when it was stopped
 */
async function wholeAnswer(run: AnswerRun): Promise<Answer> {
  for await (const frame of run.follow(0)) {
    if (frame.type === "done") return frame.answer;
    if (frame.type === "error") throw new AppError(frame.code, frame.message);
    if (frame.type === "aborted") {
      throw new AppError(
        "conflict",
        `The answer was stopped before its end: what was written is at /api/messages/${run.messageId}`,
      );
    }
  }
  throw new AppError("internal", `Answer ${run.messageId} ended without its last event`);
}

const MEDIA_TYPES = [
  "text/markdown",
  "application/json",
  "application/x-bibtex",
  "application/x-research-info-systems",
];

export const conversationRoutes = [
  defineRoute({
    method: "get",
    path: "/api/conversations",
    summary: "One's conversations, newest first, or those that match a query",
    query: SearchPageQuery,
    answers: [{ status: 200, description: "A page of them", schema: ConversationsResponse }],
    errors: ["rate_limited"],
    handle: async ({ principal, query }, { assistant, countSearch }) => {
      if (query.query !== undefined) countSearch(principal);
      return json(await assistant.conversations.list(principal.owner, query));
    },
  }),
  defineRoute({
    method: "get",
    path: "/api/conversations/:id",
    summary: "A conversation with a page of its messages, oldest first",
    query: PageQuery,
    answers: [{ status: 200, description: "The conversation", schema: ConversationResponse }],
    errors: ["not_found"],
    handle: async ({ principal, param, query }, { assistant: { conversations } }) => {
      const owner = await ownerFor(principal, param("id"), conversations);
      return json(await conversations.get(owner, param("id"), query));
    },
  }),
  defineRoute({
    method: "patch",
    path: "/api/conversations/:id",
    summary: "Gives a conversation another title",
    body: RenameBody,
    answers: [{ status: 200, description: "The conversation", schema: Conversation }],
    errors: ["not_found", "busy"],
    handle: async ({ principal, param, body, gone }, { assistant }) =>
      json(await assistant.conversations.rename(principal.owner, param("id"), body.title, gone)),
  }),
  defineRoute({
    method: "delete",
    path: "/api/conversations/:id",
    summary: "Deletes a conversation, which can be restored for 30 days",
    answers: [{ status: 204, description: "Deleted" }],
    errors: ["not_found", "busy"],
    handle: async ({ principal, param, gone }, { assistant }) => {
      await assistant.conversations.remove(principal.owner, param("id"), gone);
      return nothing;
    },
  }),
  defineRoute({
    method: "post",
    path: "/api/conversations/:id/restore",
    summary: "Brings a deleted conversation back",
    answers: [{ status: 200, description: "The conversation", schema: Conversation }],
    errors: ["not_found", "busy"],
    handle: async ({ principal, param, gone }, { assistant }) =>
      json(await assistant.conversations.restore(principal.owner, param("id"), gone)),
  }),
  defineRoute({
    method: "get",
    path: "/api/conversations/:id/export",
    summary: "A conversation as a document, or the references that it cites, each once",
    query: z.object({ format: ExportFormat.default("markdown") }),
    answers: [{ status: 200, description: "The document", mediaTypes: MEDIA_TYPES }],
    errors: ["not_found"],
    handle: async ({ principal, param, query }, { assistant: { conversations } }) => {
      const owner = await ownerFor(principal, param("id"), conversations);
      return { kind: "stream", ...(await conversations.export(owner, param("id"), query.format)) };
    },
  }),
];

export const messageRoutes = [
  defineRoute({
    method: "get",
    path: "/api/messages/:id",
    summary: "A message",
    answers: [{ status: 200, description: "The message", schema: Message }],
    errors: ["not_found"],
    handle: async ({ principal, param }, { assistant }) =>
      json(await assistant.conversations.message(principal.owner, param("id"))),
  }),
  defineRoute({
    method: "get",
    path: "/api/messages/:id/events",
    summary: "The frames of an answer after Last-Event-ID, live while it streams",
    answers: [
      { status: 200, description: "The frames", mediaTypes: ["text/event-stream"] },
      { status: 204, description: "There is none after Last-Event-ID, and none will come" },
    ],
    errors: ["not_found", "resume_unavailable"],
    handle: async ({ principal, param, lastEventId }, { runs }) => {
      const run = await runs.find(principal.owner, param("id"));
      const afterSeq = seqOf(lastEventId);
      checkSeq(run, afterSeq, "Last-Event-ID");
      // 204 is how an EventSource learns not to come again.
      return run.over && afterSeq === run.lastSeq ? nothing : { kind: "events", run, afterSeq };
    },
  }),
  defineRoute({
    method: "post",
    path: "/api/messages/:id/feedback",
    summary: "Rates an answer; replaces an earlier rating",
    body: Feedback,
    answers: [{ status: 204, description: "Stored" }],
    errors: ["not_found", "busy"],
    handle: async ({ principal, param, body, gone }, { assistant }) => {
      await assistant.conversations.giveFeedback(principal.owner, param("id"), body, gone);
      return nothing;
    },
  }),
];

function seqOf(lastEventId: string | undefined): number {
  const text = lastEventId ?? "0";
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const shown = JSON.stringify(text.slice(0, 40));
  throw new AppError("bad_request", `Last-Event-ID is ${shown}: it takes the id of an event`, {
    field: "Last-Event-ID",
  });
}
