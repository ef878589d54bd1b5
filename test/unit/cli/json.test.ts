import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { AppError } from "../../../src/errors.ts";
import { CommandRun, makeAnswer, makeCitation } from "../../support/cli.ts";

/** Every control character and mark of direction that there is, and what reads on beside them. */
const HOSTILE = `${signs(/[\p{Cc}\p{Bidi_Control}]/u)} é 中 \u200d “x” \\u0041 \ud800`;

function signs(kind: RegExp): string {
  const all = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code));
  return all.filter((sign) => kind.test(sign)).join("");
}

function hostileRun(): CommandRun {
  const run = new CommandRun();
  const answer = makeAnswer(HOSTILE, { citations: [makeCitation(1, { title: HOSTILE, quote: HOSTILE })] });
  run.assistant.events = [{ type: "done", answer }];
  const paper = { id: "p", title: HOSTILE, abstract: HOSTILE, source: HOSTILE, revision: "r" };
  run.assistant.response = {
    results: [{ paper, score: 1, passages: [], why: { dense: 1, lexical: 1 } }],
    tookMs: 1,
  };
  run.assistant.onIngest = async () => ({
    papers: 1,
    passages: 1,
    added: 1,
    updated: 0,
    removed: 0,
    unchanged: 0,
    duplicates: 0,
    embedded: 1,
    problems: [{ file: HOSTILE, line: 1, reason: HOSTILE }],
    notes: [{ file: HOSTILE, line: 1, reason: HOSTILE }],
    tookMs: 1,
  });
  run.findings = [{ check: "index", state: "ok", message: HOSTILE }];
  run.onBackup = async () => ({ folder: HOSTILE });
  run.environment = { PORT: "0" };
  return run;
}

describe("--json", () => {
  it.each([["ask", "Q"], ["summarize", "T"], ["search", "Q"], ["ingest"], ["doctor"], ["backup", "to"]])(
    "prints of %s no sign that a terminal obeys, and the same value",
    async (...argv) => {
      const run = hostileRun();
      await run.execute(...argv, "--json");
      expectHarmless(run.stdout.text);
    },
  );

  it("prints none of a failure", async () => {
    const run = hostileRun();
    run.assistant.search = async () => {
      throw new AppError("not_found", `There is no ${HOSTILE}`);
    };
    expect(await run.execute("search", "Q", "--json")).toBe(1);
    expectHarmless(run.stdout.text);
  });

  it("is written in one place alone, that of an evaluation too", () => {
    const folder = path.resolve("src/cli");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".ts"),
    );
    const writing = files.filter((name) =>
      readFileSync(path.join(folder, name), "utf8").includes("JSON.stringify"),
    );
    expect(writing).toEqual(["output.ts"]);
  });
});

function expectHarmless(text: string): void {
  expect(text.match(/[\p{Cc}\p{Bidi_Control}]/gu)).toEqual(["\n"]);
  expect(text.trimEnd()).not.toContain("\n");
  expect(JSON.stringify(JSON.parse(text))).toContain(JSON.stringify(HOSTILE).slice(1, -1));
}
