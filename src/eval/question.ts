/** One question of an evaluation and what a right answer to it is: a line of a question file (README.md). */
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { AppError } from "../errors.ts";
import { MAX_QUESTION_LENGTH } from "../protocol.ts";
import { fileErrorReason } from "../util/files.ts";
import { zodSentence } from "../util/zod-sentence.ts";
import { ALL } from "./groups.ts";

/** The type of the questions that no paper answers; all others name their papers. */
export const UNANSWERABLE = "unanswerable";

const text = z.string().trim().min(1);
const asked = text.max(MAX_QUESTION_LENGTH);
/** Part of a figure's name (`semantic.hit@10`, `unanswerable/near.none`). */
const kind = z.string().regex(/^[a-z][a-z0-9-]*$/, "takes small letters, digits and hyphens");

const QuestionLine = z.strictObject({
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

/** Names what is asked, its history included: two runs compare a question by id only where this is the same. */
export function questionDigest({ history = [], question }: Pick<Question, "history" | "question">): string {
  return createHash("sha256")
    .update(JSON.stringify([...history, question]))
    .digest("base64url")
    .slice(0, 16);
}

/** Bytes. 100,000 questions with their evidence are below it. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/**
 * The questions of a file with one JSON object a line; empty lines are skipped.
 * @throws AppError (bad_request) naming the file and the line
 */
export function readQuestions(file: string): Question[] {
  const questions: Question[] = [];
  const places = new Map<string, string>();
  for (const [at, line] of readText(file).split("\n").entries()) {
    if (line.trim() === "") continue;
    const place = `${path.basename(file)}, line ${at + 1}`;
    const question = toQuestion(line, place, String(at + 1));
    const earlier = places.get(question.id);
    if (earlier !== undefined) throw fault(place, `id is "${question.id}", as at ${earlier}`);
    places.set(question.id, place);
    questions.push(question);
  }
  if (questions.length === 0) throw new AppError("bad_request", `${file} holds no question`);
  return questions;
}

function readText(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > MAX_FILE_BYTES)
      throw new Error(`${size} bytes are more than the ${MAX_FILE_BYTES} that are read`);
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const reason = `${fileErrorReason(error)}; eval takes a file with one question a line`;
    throw new AppError("bad_request", `${file}: ${reason}`, { cause: error });
  }
}

function toQuestion(line: string, place: string, lineNumber: string): Question {
  const json = parseJson(line, place);
  const result = QuestionLine.safeParse(json);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw fault(place, issue === undefined ? "not a question" : zodSentence(issue, json, "the line"));
  }
  const { gold = [], must = [], ...rest } = result.data;
  const { type = gold.length > 0 || must.length > 0 ? "question" : UNANSWERABLE } = rest;
  if (type === UNANSWERABLE && gold.length > 0) {
    throw fault(
      place,
      `gold names ${gold.length} of the papers, and type is "${UNANSWERABLE}": take out one`,
    );
  }
  if (type !== UNANSWERABLE && gold.length === 0 && must.length === 0) {
    throw fault(
      place,
      `gold is empty, which only type "${UNANSWERABLE}" allows: name the right papers, or in must what is said without`,
    );
  }
  return { ...rest, ...(must.length === 0 ? {} : { must }), id: rest.id ?? lineNumber, type, gold, place };
}

function parseJson(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw fault(place, `not JSON: ${reason}`);
  }
}

const fault = (place: string, reason: string): AppError => new AppError("bad_request", `${place}: ${reason}`);
