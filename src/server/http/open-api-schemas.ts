import { z } from "zod";
import * as protocol from "../../protocol.ts";

/** The schemas that clients meet, under the names that the contract gives them. */
const NAMED = {
  Answer: protocol.Answer,
  AnswerFrame: protocol.AnswerFrame,
  AskBody: protocol.AskBody,
  Citation: protocol.Citation,
  Conversation: protocol.Conversation,
  ConversationResponse: protocol.ConversationResponse,
  ConversationsResponse: protocol.ConversationsResponse,
  Feedback: protocol.Feedback,
  Health: protocol.Health,
  MapGroup: protocol.MapGroup,
  MapPaper: protocol.MapPaper,
  MapResponse: protocol.MapResponse,
  Message: protocol.Message,
  Paper: protocol.Paper,
  PaperResponse: protocol.PaperResponse,
  PapersResponse: protocol.PapersResponse,
  Passage: protocol.Passage,
  Problem: protocol.Problem,
  Readiness: protocol.Readiness,
  RenameBody: protocol.RenameBody,
  Scope: protocol.Scope,
  SearchBody: protocol.SearchBody,
  SearchResponse: protocol.SearchResponse,
  SearchResult: protocol.SearchResult,
  Source: protocol.Source,
  SuggestionsResponse: protocol.SuggestionsResponse,
};

const registry = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });

const uri = (id: string): string => `#/components/schemas/${id}`;

/** `components.schemas`: as clients send them, which for what the server sends is the same. */
export function openApiSchemas(): Record<string, unknown> {
  const { schemas } = z.toJSONSchema(registry, { uri, io: "input" });
  return Object.fromEntries(Object.entries(schemas).map(([id, { $id, $schema, ...schema }]) => [id, schema]));
}

/** A reference to a named schema; the schema itself when it has no name. */
export function schemaReference(schema: z.ZodType, io: "input" | "output"): unknown {
  const named = registry.get(schema);
  return named === undefined ? z.toJSONSchema(schema, { io }) : { $ref: uri(named.id) };
}
