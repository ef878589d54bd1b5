import { randomBytes } from "node:crypto";

/**
 * A name for the fences around data in one request. 64 random bits: text that was written before the request cannot
 * hold it, and so cannot close the fence.
 */
export function newFence(): string {
  return `data-${randomBytes(8).toString("hex")}`;
}
