import { z } from "zod";
import { MAX_LIMIT, MAX_QUESTION_LENGTH } from "../../protocol.ts";

/** Items of a page when the client does not say. */
const DEFAULT_PAGE = 20;

/** `?limit=&cursor=` of every list. Values of a query are text, so numbers are read from it. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_PAGE),
  cursor: z.string().max(500).optional(),
});

/** A list that can be searched. */
export const SearchPageQuery = PageQuery.extend({ query: z.string().max(MAX_QUESTION_LENGTH).optional() });
