import { type Question, readQuestions } from "../../src/eval/question.ts";

/** The development questions of test/eval. */
export function developmentQuestions(): Question[] {
  return readQuestions("test/eval/questions.jsonl");
}
