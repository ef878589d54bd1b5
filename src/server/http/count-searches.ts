import { RateLimiter } from "../../assistant/rate-limiter.ts";
import type { Asker } from "../guard/asker.ts";
import type { ServerMetrics } from "../metrics/server-metrics.ts";

/**
 * Searches that each question of RATE_LIMIT_PER_MINUTE stands for: a search costs less than half an answer, and who
 * types into a field of search makes one every few letters.
 */
const SEARCHES_A_QUESTION = 4;

/** Counts a search: of papers by meaning or name, of conversations. @throws AppError rate_limited with the wait */
export type CountSearch = (asker: Asker) => void;

/** @param questions a minute; 0: no limit */
export function countSearches(questions: number, { limited }: Pick<ServerMetrics, "limited">): CountSearch {
  const limiter = new RateLimiter({
    perMinute: questions * SEARCHES_A_QUESTION,
    counted: { one: "search", many: "searches" },
  });
  return ({ owner, address }) => {
    try {
      limiter.count(owner, address);
    } catch (error) {
      limited.increment({ limit: "search" });
      throw error;
    }
  };
}
