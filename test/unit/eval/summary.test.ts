import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { compare, lostByType, readBaseline, writeBaseline } from "../../../src/eval/baseline.ts";
import { FIGURES } from "../../../src/eval/figures.ts";
import { halves } from "../../../src/eval/groups.ts";
import { isRight } from "../../../src/eval/judge-answer.ts";
import { type Question, questionDigest } from "../../../src/eval/question.ts";
import type { Result } from "../../../src/eval/result.ts";
import { summarize } from "../../../src/eval/summary.ts";
import { missed } from "../../../src/eval/threshold.ts";
import type { Confidence } from "../../../src/protocol.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { thrown } from "../../support/thrown.ts";

function result(id: string, type: string, confidence: Confidence, more: Partial<Result> = {}): Result {
  return { id, type, answerable: type !== "unanswerable", confidence, right: true, figures: {}, ...more };
}

/** Two factual, of which one is refused; three that no paper answers, of which two are. */
const RESULTS = [
  result("1", "factual", "high", { figures: { "hit@1": 1, must: 1 }, ms: 4 }),
  result("2", "unanswerable", "none", { subtype: "near", ms: 1 }),
  result("3", "unanswerable", "tentative", { subtype: "near", ms: 2 }),
  result("4", "factual", "none", { figures: { "hit@1": 0.5 }, ms: 3 }),
  result("5", "unanswerable", "none", { subtype: "chat", ms: 9 }),
];

it("every figure stands in the README", () => {
  const rows = [...FIGURES].map(([name, { about }]) => `| \`${name}\` | ${about} |`);
  expect(readFileSync("src/eval/README.md", "utf8")).toContain(rows.join("\n"));
});

describe("figures of groups, by hand", () => {
  const summary = summarize(RESULTS, true);
  const figures = (group: string) => summary.get(group)?.figures;

  it("has a group for all, for each type and for each subtype", () => {
    const sizes = [...summary].map(([name, { n }]) => [name, n]);
    expect(sizes).toEqual([
      ["all", 5],
      ["factual", 2],
      ["unanswerable", 3],
      ["unanswerable/near", 2],
      ["unanswerable/chat", 1],
    ]);
  });

  it("means a figure over the questions that have it", () => {
    expect(figures("factual")).toMatchObject({
      "hit@1": 0.75,
      must: 1,
      high: 0.5,
      none: 0.5,
      "not-high": 0.5,
    });
    expect(figures("unanswerable")).not.toHaveProperty("must");
  });

  it("counts refusals: precision where there are right and wrong ones, recall in the group", () => {
    expect(figures("all")).toMatchObject({ "abstain-precision": 2 / 3, "abstain-recall": 2 / 3 });
    expect(figures("unanswerable/near")).toMatchObject({ "abstain-recall": 0.5 });
    expect(figures("unanswerable/near")).not.toHaveProperty("abstain-precision");
    expect(figures("factual")).not.toHaveProperty("abstain-precision");
    expect(figures("factual")).not.toHaveProperty("abstain-recall");
  });

  it("takes the time at a rank", () => {
    expect(figures("all")).toMatchObject({ p50: 3, p99: 9 });
  });

  it("halves each type and subtype by place", () => {
    expect(summary.get("factual")?.halves?.map((half) => half.figures["hit@1"])).toEqual([1, 0.5]);
    expect(summary.get("unanswerable/near")?.halves?.map((half) => half.figures.none)).toEqual([1, 0]);
    expect(summary.get("unanswerable/chat")?.halves?.map((half) => half.n)).toEqual([1, 0]);
    expect(halves(["a1", "b1", "a2", "a3"], ([kind = ""]) => kind)).toEqual([["a1", "b1", "a3"], ["a2"]]);
  });

  it("holds thresholds for the whole and for both halves", () => {
    const threshold = (bound: "min" | "max", group: string, figure: string, value: number) =>
      missed([{ bound, group, figure, value }], summary);
    expect(threshold("min", "factual", "hit@1", 0.75)).toEqual([
      "factual.hit@1, odd half is 0.5: at least 0.75 is asked for",
    ]);
    expect(threshold("max", "all", "p99", 9)).toEqual([]);
    expect(threshold("max", "all", "p99", 8.5)).toContain("all.p99 is 9: at most 8.5 is asked for");
    expect(threshold("min", "unanswerable", "must", 0)).toEqual([
      "unanswerable.must was not measured: at least 0 is asked for",
    ]);
  });
});

describe("one verdict a question", () => {
  it.each([
    ["factual", undefined, "high", { "hit@1": 1, must: 1 }, true],
    ["factual", undefined, "high", { "hit@1": 1, must: 0 }, false],
    ["factual", undefined, "none", { "hit@1": 1 }, false],
    ["followup", undefined, "tentative", { "hit@1": 0, "hit@3": 1 }, true],
    ["semantic", undefined, "tentative", { "hit@3": 0, "hit@10": 1 }, true],
    ["numbers", undefined, "high", { "hit@1": 0, "hit@10": 1 }, false],
    ["unanswerable", "near", "tentative", {}, true],
    ["unanswerable", "other", "tentative", {}, false],
    ["unanswerable", "detail", "high", { declined: 1 }, true],
    ["unanswerable", undefined, "none", {}, true],
  ] as const)("%s %s, %s %j: %s", (type, subtype, confidence, figures, right) => {
    const gold = type === "unanswerable" ? [] : ["Bees"];
    expect(isRight({ type, subtype, gold } as unknown as Question, confidence, figures)).toBe(right);
  });

  it("of what the records answer by what is said, even that they lack it", () => {
    const asked = { type: "catalogue", gold: [] } as unknown as Question;
    expect(isRight(asked, "none", { must: 1 })).toBe(true);
    expect(isRight(asked, "high", { must: 0 })).toBe(false);
  });
});

describe("a baseline", () => {
  const before = [result("1", "factual", "high", { figures: { must: 1, mrr: 1 / 3 } }), ...RESULTS.slice(1)];
  const now = [
    result("1", "factual", "none", { figures: { must: 0, mrr: 1 / 3 }, right: false }),
    ...RESULTS.slice(2),
    result("new", "factual", "high"),
  ];

  it("says which questions changed sides, and how", async () => {
    const file = path.join(temporaryFolder(), "b.json");
    await writeBaseline(file, before);
    const lost = compare(now, readBaseline(file));
    expect(lost).toEqual({
      changes: [
        { id: "1", type: "factual", to: "lost", because: ["high → none", "must 1 → 0"] },
        { id: "2", type: "unanswerable", to: "lost", because: ["not asked"] },
      ],
      unmatched: 2,
    });
    expect([...lostByType(lost)]).toEqual([
      ["factual", 1],
      ["unanswerable", 1],
    ]);
    const won = compare(before, now.slice(0, -1));
    expect(won.changes).toMatchObject([{ id: "1", to: "won" }]);
    expect(lostByType(won).size).toBe(0);
  });

  it("takes another question under an id for one that is not asked, where it keeps what was asked", () => {
    const [one] = RESULTS as [Result];
    const asked = (question: string) => ({ ...one, digest: questionDigest({ question }) });
    expect(compare([asked("b")], [asked("a")])).toEqual({
      changes: [{ id: "1", type: "factual", to: "lost", because: ["another question"] }],
      unmatched: 2,
    });
    expect(compare([asked("b")], [one])).toEqual({ changes: [], unmatched: 0 });
  });

  it("is refused by name when it is something else", () => {
    expect(thrown(() => readBaseline("package.json")).message).toMatch(
      /^package\.json is no baseline: version is "\d/,
    );
    expect(thrown(() => readBaseline("README.md")).message).toBe(
      "README.md is no baseline: it is not JSON; --write-baseline writes one",
    );
    expect(thrown(() => readBaseline("test")).message).toBe(
      "test: it is a folder, not a file; --write-baseline writes one",
    );
  });
});
