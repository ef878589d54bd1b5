import { createHash } from "node:crypto";
import type { Question } from "./question.ts";

/** Names what is asked, its history included: two runs compare a question by id only where this is the same. */
export function questionDigest({ history = [], question }: Pick<Question, "history" | "question">): string {
  return createHash("sha256")
    .update(JSON.stringify([...history, question]))
    .digest("base64url")
    .slice(0, 16);
}
