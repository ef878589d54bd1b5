import { AppError } from "../../errors.ts";
import { SearchBody, SearchResponse } from "../../protocol.ts";
import { untilAborted } from "../../util/until-aborted.ts";
import { json } from "../reply.ts";
import { defineRoute } from "../route.ts";

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
      const late = AbortSignal.timeout(limits.search);
      const signal = AbortSignal.any([gone, late]);
      try {
        return json(await untilAborted(assistant.search({ ...body, signal }), signal));
      } catch (error) {
        if (!late.aborted) throw error;
        throw new AppError("internal", `A search took longer than ${limits.search} ms`, { cause: error });
      }
    },
  }),
];
