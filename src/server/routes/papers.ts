import { z } from "zod";
import { PaperResponse, PapersResponse, ReferenceFormat } from "../../protocol.ts";
import { SearchPageQuery } from "../http/query-fields.ts";
import { json } from "../http/reply.ts";
import { defineRoute } from "../http/route.ts";

const MEDIA_TYPES = [
  "application/x-bibtex",
  "application/x-research-info-systems",
  "application/vnd.citationstyles.csl+json",
  "text/plain",
];

export const paperRoutes = [
  defineRoute({
    method: "get",
    path: "/api/papers",
    summary: "The papers of the corpus, or those that match a query",
    query: SearchPageQuery,
    answers: [{ status: 200, description: "A page of them", schema: PapersResponse }],
    errors: ["rate_limited", "indexing"],
    handle: ({ asker, query }, { assistant, countSearch }) => {
      if (query.query !== undefined) countSearch(asker);
      return json(assistant.papers.list(query));
    },
  }),
  defineRoute({
    method: "get",
    path: "/api/papers/:id",
    summary: "A paper by its id, DOI or arXiv id, and those most like it",
    answers: [{ status: 200, description: "The paper", schema: PaperResponse }],
    errors: ["not_found", "indexing"],
    handle: ({ param }, { assistant }) => json(assistant.papers.get(param("id"))),
  }),
  defineRoute({
    method: "get",
    path: "/api/papers/:id/citation",
    summary: "The reference to a paper",
    query: z.object({ format: ReferenceFormat.default("bibtex") }),
    answers: [{ status: 200, description: "The reference", mediaTypes: MEDIA_TYPES }],
    errors: ["not_found", "indexing"],
    handle: async ({ param, query }, { assistant }) => ({
      kind: "document",
      ...(await assistant.papers.citation(param("id"), query.format)),
    }),
  }),
];
