/** One question of an evaluation and what a right answer to it is: a line of a question file (README.md). */
import { z } from "zod";
import { MAX_QUESTION_LENGTH } from "../protocol.ts";
import { ALL } from "./groups.ts";

/** The type of the questions that no paper answers; all others name their papers. */
export const UNANSWERABLE = "unanswerable";

const text = z.string().trim().min(1);
const asked = text.max(MAX_QUESTION_LENGTH);
/** Part of a figure's name (`semantic.hit@10`, `unanswerable/near.none`). */
const kind = z.string().regex(/^[a-z][a-z0-9-]*$/, "takes small letters, digits and hyphens");

export const QuestionLine = z.strictObject({
  /** Absent: the number of the line. */
  id: text.max(128).optional(),
  /** Absent: "unanswerable" without `gold`, else "question". */
  type: kind
    .refine((type) => type !== ALL, `cannot be "${ALL}", which names the group of all questions`)
    .optional(),
  subtype: kind.optional(),
  question: asked,
  /** Earlier questions of the conversation, oldest first. */
  history: z.array(asked).max(20).optional(),
  /** The question as it would be asked without its history. */
  standalone: asked.optional(),
  /** Titles or ids of the right papers. */
  gold: z.array(text).optional(),
  /** Papers that are neither right nor wrong. */
  partial: z.array(text).optional(),
  /** The papers that an unanswerable question is about. */
  about: z.array(text).optional(),
  /** Texts that a right answer holds, whatever their case. */
  must: z.array(text).optional(),
  /** Sentences of the papers that answer, to the letter. */
  evidence: z.array(text).optional(),
  /** An answer in other words; only read by people and benches. */
  answer: z.string().optional(),
  /** For people: a follow-up that leaves the topic, the form that a right answer takes, orders around a question. */
  switch: z.boolean().optional(),
  shape: kind.optional(),
  injection: z.boolean().optional(),
});

export interface Question extends z.infer<typeof QuestionLine> {
  readonly id: string;
  readonly type: string;
  readonly gold: string[];
  /** Where it stands, for messages: `questions.jsonl, line 3`. */
  readonly place: string;
}
