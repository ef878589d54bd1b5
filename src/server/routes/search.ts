import { AppError } from "../../errors.ts";
import { FindBody, FindResponse, SearchBody, SearchResponse } from "../../protocol.ts";
import { untilAborted } from "../../util/abort.ts";
import { json } from "../http/reply.ts";
import { defineRoute } from "../http/route.ts";

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
    handle: async ({ asker, body, gone }, { assistant, countSearch, limits }) => {
      countSearch(asker);
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
    handle: async ({ asker, body, gone }, { assistant, countSearch, limits }) => {
      countSearch(asker);
      return json(await inTime(gone, limits.search, (signal) => assistant.find({ ...body, signal })));
    },
  }),
];
