/** The map of the corpus as it crosses the wire: part of `protocol.ts`. */
import { z } from "zod";

const share = z.number().min(0).max(1);

/**
 * A paper as a dot: compact, since there may be 20,000 of them. Papers of like meaning lie near each other; x and y
 * are shares of the map's side, y downwards, and the group is a position in `groups`.
 */
export const MapPaper = z.tuple([
  z.string().describe("id"),
  share.describe("x"),
  share.describe("y"),
  z.int().min(0).describe("group"),
  z.string().describe("title"),
  z.int().nullable().describe("year"),
]);
export type MapPaper = z.infer<typeof MapPaper>;

/** Papers that lie together: the terms that tell them from all others, best first, the middle of them, how many. */
export const MapGroup = z.object({
  terms: z.array(z.string()),
  x: share,
  y: share,
  papers: z.int().min(1),
});
export type MapGroup = z.infer<typeof MapGroup>;

/** In corpus order; the groups largest first. */
export const MapResponse = z.object({ papers: z.array(MapPaper), groups: z.array(MapGroup) });
export type MapResponse = z.infer<typeof MapResponse>;
