import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readQuestions } from "../../../src/eval/question.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { thrown } from "../../support/thrown.ts";

function fileOf(...lines: (string | object)[]): string {
  const file = path.join(temporaryFolder(), "q.jsonl");
  writeFileSync(
    file,
    lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\r\n"),
  );
  return file;
}

describe("a file of questions", () => {
  it("needs a question a line; id and type follow from the line", () => {
    const file = fileOf('\uFEFF{"question": "Who?"}', "", { question: " What? ", gold: ["A title"] });
    expect(readQuestions(file)).toEqual([
      { id: "1", type: "unanswerable", question: "Who?", gold: [], place: "q.jsonl, line 1" },
      { id: "3", type: "question", question: "What?", gold: ["A title"], place: "q.jsonl, line 3" },
    ]);
  });

  it.each([
    [['{"question": "a"}', '{"question":'], /^q\.jsonl, line 2: not JSON: /],
    [[{ gold: ["x"] }], "q.jsonl, line 1: question is missing: it takes a string"],
    [[{ question: "a", golds: ["x"] }], 'q.jsonl, line 1: the line has an unknown field "golds"'],
    [[{ question: "a", gold: "x" }], 'q.jsonl, line 1: gold is "x": it takes a list'],
    [[{ question: "a", type: "Odd One" }], /line 1: type is "Odd One": it takes small letters/],
    [
      [{ question: "a", type: "all" }],
      'line 1: type cannot be "all", which names the group of all questions',
    ],
    [[{ question: "a", type: "factual" }], /line 1: gold is empty, which only type "unanswerable" allows/],
    [[{ question: "a", type: "unanswerable", gold: ["x"] }], /line 1: gold names 1 of the papers/],
    [[{ id: "2", question: "a" }, { question: "b" }], 'q.jsonl, line 2: id is "2", as at q.jsonl, line 1'],
    [[""], /holds no question$/],
  ])("says where and what is wrong in %j", (lines, message) => {
    expect(thrown(() => readQuestions(fileOf(...lines))).message).toMatch(message);
  });

  it.each([
    ["/nonexistent/q.jsonl", "no such file or folder"],
    ["test", "it is a folder, not a file"],
  ])("names %s, which is no file, and what it takes", (file, fact) => {
    const { message } = thrown(() => readQuestions(file));
    expect(message).toBe(`${file}: ${fact}; eval takes a file with one question a line`);
  });
});
