import { z } from "zod";
import { AppError } from "../../errors.ts";
import {
  BodyResponse,
  CitationsBody,
  FindBody,
  FindResponse,
  MapResponse,
  PaperChangeBody,
  PaperOrder,
  PaperResponse,
  PapersResponse,
  ReferenceFormat,
  SearchBody,
  SearchResponse,
  SuggestionsResponse,
} from "../../protocol.ts";
import { untilAborted } from "../../util/abort.ts";
import { withoutUndefined } from "../../util/without-undefined.ts";
import { defineRoute, SearchPageQuery } from "../http/route.ts";
import { cachedJson, json, nothing } from "../http/route-result.ts";

const name = z.string().max(200);
/** Given once or several times. */
const names = z.union([name, z.array(name).max(100)]).optional();
const year = z.coerce.number().int().optional();

/** `?tag=&author=&yearFrom=&yearTo=&venue=&corpus=&sort=&facets=true`; a tag or an author may be given several times. */
const PapersQuery = SearchPageQuery.extend({
  tag: names,
  author: names,
  yearFrom: year,
  yearTo: year,
  venue: name.optional(),
  corpus: name.optional(),
  sort: PaperOrder.optional(),
  facets: z.enum(["true", "false"]).optional(),
});

const REFERENCE_TYPES = [
  "application/x-bibtex",
  "application/x-research-info-systems",
  "application/vnd.citationstyles.csl+json",
  "text/plain",
];

/** A query tells a value that is given once from one that is given several times. */
function listOf(given: string | string[] | undefined): string[] | undefined {
  return typeof given === "string" ? [given] : given;
}

export const paperRoutes = [
  defineRoute({
    method: "get",
    path: "/api/papers",
    summary: "The papers of the corpus, or those that match a query",
    query: PapersQuery,
    answers: [{ status: 200, description: "A page of them", schema: PapersResponse }],
    errors: ["rate_limited", "indexing"],
    handle: async (
      { principal, query: { query, limit, cursor, corpus, sort, facets, tag, author, ...others } },
      services,
    ) => {
      if (query !== undefined || facets === "true") services.countSearch(principal);
      const filter = withoutUndefined({ tags: listOf(tag), authors: listOf(author), ...others });
      const { papers } = services.assistant;
      const asked = { query, limit, cursor, corpus, facets: facets === "true", filter };
      return json(await papers.list({ ...asked, ...withoutUndefined({ sort }) }));
    },
  }),
  defineRoute({
    method: "get",
    path: "/api/papers/:id",
    summary: "A paper by its id, DOI or arXiv id, and those most like it",
    answers: [{ status: 200, description: "The paper", schema: PaperResponse }],
    errors: ["not_found", "indexing"],
    handle: async ({ param }, { assistant }) => json(await assistant.papers.get(param("id"))),
  }),
  defineRoute({
    method: "get",
    path: "/api/papers/:id/body",
    summary: "A part of the text below a paper's abstract, with the page and section that it begins in",
    query: z.object({
      start: z.coerce.number().int().min(0).optional(),
      end: z.coerce.number().int().min(1).optional(),
    }),
    answers: [{ status: 200, description: "The part", schema: BodyResponse }],
    errors: ["not_found", "indexing"],
    handle: async ({ param, query }, { assistant }) => json(await assistant.papers.body(param("id"), query)),
  }),
  defineRoute({
    method: "patch",
    path: "/api/papers/:id",
    summary: "Gives a paper tags, or takes them away; from then on these count, whatever its file says",
    access: "admins",
    body: PaperChangeBody,
    answers: [{ status: 200, description: "The paper as it is now", schema: PaperResponse }],
    errors: ["not_found", "indexing"],
    handle: async ({ param, body: { addTags, removeTags }, gone }, { assistant }) => {
      const { id } = (await assistant.papers.get(param("id"))).paper;
      await assistant.tagPapers([id], { add: addTags, remove: removeTags }, gone);
      return json(await assistant.papers.get(id));
    },
  }),
  defineRoute({
    method: "delete",
    path: "/api/papers/:id",
    summary: "Removes a paper from the corpus; answers that cite it keep their notes",
    access: "admins",
    answers: [{ status: 204, description: "It is gone" }],
    errors: ["not_found", "indexing"],
    handle: async ({ param, gone }, { assistant }) => {
      const { id } = (await assistant.papers.get(param("id"))).paper;
      await assistant.removePapers([id], gone);
      return nothing;
    },
  }),
  defineRoute({
    method: "get",
    path: "/api/papers/:id/citation",
    summary: "The reference to a paper",
    query: z.object({ format: ReferenceFormat.default("bibtex") }),
    answers: [{ status: 200, description: "The reference", mediaTypes: REFERENCE_TYPES }],
    errors: ["not_found", "indexing"],
    handle: async ({ param, query }, { assistant }) => ({
      kind: "document",
      ...(await assistant.papers.citation(param("id"), query.format)),
    }),
  }),
];

/** Of many papers at once. */
export const citationRoutes = [
  defineRoute({
    method: "post",
    path: "/api/citations",
    summary: "The references to some papers as one document",
    body: CitationsBody,
    answers: [{ status: 200, description: "The references", mediaTypes: REFERENCE_TYPES }],
    errors: ["not_found", "rate_limited", "indexing"],
    handle: async ({ principal, body: { paperIds, format } }, { assistant, countSearch }) => {
      countSearch(principal);
      return { kind: "document", ...(await assistant.papers.citations(paperIds, format)) };
    },
  }),
];

/** @param limit milliseconds @throws AppError (internal) after them */
async function inTime<T>(
  gone: AbortSignal,
  limit: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = AbortSignal.timeout(limit);
  const signal = AbortSignal.any([gone, late]);
  try {
    return await untilAborted(work(signal), signal);
  } catch (error) {
    if (!late.aborted) throw error;
    throw new AppError("internal", `A search took longer than ${limit} ms`, { cause: error });
  }
}

export const searchRoutes = [
  defineRoute({
    method: "post",
    path: "/api/search",
    summary: "Papers for a query, best first, one row a paper",
    body: SearchBody,
    answers: [{ status: 200, description: "The papers", schema: SearchResponse }],
    errors: ["not_found", "rate_limited", "indexing"],
    handle: async ({ principal, body, gone }, { assistant, countSearch, limits }) => {
      countSearch(principal);
      return json(await inTime(gone, limits.search, (signal) => assistant.search({ ...body, signal })));
    },
  }),
  defineRoute({
    method: "post",
    path: "/api/find",
    summary: "Where a sentence was read: papers that say it, or nearly, each with its nearest sentence",
    body: FindBody,
    answers: [{ status: 200, description: "The papers", schema: FindResponse }],
    errors: ["not_found", "rate_limited", "indexing"],
    handle: async ({ principal, body, gone }, { assistant, countSearch, limits }) => {
      countSearch(principal);
      return json(await inTime(gone, limits.search, (signal) => assistant.find({ ...body, signal })));
    },
  }),
];

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

export const mapRoutes = [
  defineRoute({
    method: "get",
    path: "/api/map",
    summary: "Every paper as a dot by meaning, in named groups; drawn in the background after the start",
    answers: [
      { status: 200, description: "The map, with an ETag", schema: MapResponse },
      { status: 304, description: "It is the one that If-None-Match names" },
    ],
    errors: ["indexing"],
    handle: async (_, { assistant }) => ({ kind: "cached", content: await cachedJson(assistant.map()) }),
  }),
];
