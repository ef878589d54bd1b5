import { z } from "zod";

/** What an answer looks like. */
export const AnswerShape = z.enum([
  "direct",
  "list",
  "summary",
  "comparison",
  "catalogue",
  "talk",
  "none",
  "report",
]);
export type AnswerShape = z.infer<typeof AnswerShape>;
