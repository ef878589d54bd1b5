import { z } from "zod";
import {
  Conversation,
  ConversationResponse,
  ConversationsResponse,
  ExportFormat,
  RenameBody,
} from "../../protocol.ts";
import { ownerFor } from "../guard/owner-for.ts";
import { PageQuery, SearchPageQuery } from "../http/query-fields.ts";
import { json, nothing } from "../http/reply.ts";
import { defineRoute } from "../http/route.ts";

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
    handle: ({ asker, query }, { assistant, countSearch }) => {
      if (query.query !== undefined) countSearch(asker);
      return json(assistant.conversations.list(asker.owner, query));
    },
  }),
  defineRoute({
    method: "get",
    path: "/api/conversations/:id",
    summary: "A conversation with a page of its messages, oldest first",
    query: PageQuery,
    answers: [{ status: 200, description: "The conversation", schema: ConversationResponse }],
    errors: ["not_found"],
    handle: ({ asker, param, query }, { assistant }) => {
      const { conversations } = assistant;
      return json(conversations.get(ownerFor(asker, param("id"), conversations), param("id"), query));
    },
  }),
  defineRoute({
    method: "patch",
    path: "/api/conversations/:id",
    summary: "Gives a conversation another title",
    body: RenameBody,
    answers: [{ status: 200, description: "The conversation", schema: Conversation }],
    errors: ["not_found", "busy"],
    handle: async ({ asker, param, body, gone }, { assistant }) =>
      json(await assistant.conversations.rename(asker.owner, param("id"), body.title, gone)),
  }),
  defineRoute({
    method: "delete",
    path: "/api/conversations/:id",
    summary: "Deletes a conversation, which can be restored for 30 days",
    answers: [{ status: 204, description: "Deleted" }],
    errors: ["not_found", "busy"],
    handle: async ({ asker, param, gone }, { assistant }) => {
      await assistant.conversations.remove(asker.owner, param("id"), gone);
      return nothing;
    },
  }),
  defineRoute({
    method: "post",
    path: "/api/conversations/:id/restore",
    summary: "Brings a deleted conversation back",
    answers: [{ status: 200, description: "The conversation", schema: Conversation }],
    errors: ["not_found", "busy"],
    handle: async ({ asker, param, gone }, { assistant }) =>
      json(await assistant.conversations.restore(asker.owner, param("id"), gone)),
  }),
  defineRoute({
    method: "get",
    path: "/api/conversations/:id/export",
    summary: "A conversation as a document, or the references that it cites, each once",
    query: z.object({ format: ExportFormat.default("markdown") }),
    answers: [{ status: 200, description: "The document", mediaTypes: MEDIA_TYPES }],
    errors: ["not_found"],
    handle: ({ asker, param, query }, { assistant: { conversations } }) => {
      const owner = ownerFor(asker, param("id"), conversations);
      return { kind: "stream", ...conversations.export(owner, param("id"), query.format) };
    },
  }),
];
