import type { Question } from "../../src/eval/question.ts";
import { readQuestions } from "../../src/eval/read-questions.ts";

/** The development questions of test/eval. */
export function developmentQuestions(): Question[] {
  return readQuestions("test/eval/questions.jsonl");
}
