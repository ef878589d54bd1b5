import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { AppError } from "../errors.ts";
import { fileErrorReason } from "../util/files.ts";
import { zodSentence } from "../util/zod-sentence.ts";
import { type Question, QuestionLine, UNANSWERABLE } from "./question.ts";

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
