import type { Confidence } from "../protocol.ts";
import type { Figures } from "./judge-answer.ts";
import { type Question, UNANSWERABLE } from "./question.ts";

/** The right paper among the first …; any other type: ten. */
const RANK: Readonly<Record<string, string>> = {
  factual: "hit@1",
  summary: "hit@1",
  courtesy: "hit@1",
  numbers: "hit@1",
  language: "hit@1",
  followup: "hit@3",
};

/**
 * One verdict a question, for comparing two runs. Unanswerable: refused; where it nearly fits the corpus ("near"), at
 * least not answered with confidence; a detail may also be said to be missing. Any other: answered, the right paper
 * found high enough for its type, and everything said that must be.
 */
export function isRight(
  { type, subtype, gold }: Question,
  confidence: Confidence,
  figures: Figures,
): boolean {
  if (type !== UNANSWERABLE && gold.length === 0) return figures.must === 1;
  if (type !== UNANSWERABLE) {
    const found = figures[RANK[type] ?? "hit@10"] === 1;
    return confidence !== "none" && found && figures.must !== 0;
  }
  if (subtype === "near") return confidence !== "high";
  return subtype === "detail" ? figures.declined === 1 : confidence === "none";
}
