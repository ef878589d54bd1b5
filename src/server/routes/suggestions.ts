import { SuggestionsResponse } from "../../protocol.ts";
import { json } from "../http/reply.ts";
import { defineRoute } from "../http/route.ts";

export const suggestionRoutes = [
  defineRoute({
    method: "get",
    path: "/api/suggestions",
    summary: "A few questions that this corpus answers well",
    answers: [{ status: 200, description: "The questions", schema: SuggestionsResponse }],
    errors: ["indexing"],
    handle: async (_, { assistant }) =>
      json({ suggestions: await assistant.suggestions() } satisfies SuggestionsResponse),
  }),
];
