import { describe, expect, it } from "vitest";
import type { Addition } from "../../../../src/protocol.ts";
import { sayCounts, sayProgress, sayStage, sayTimeLeft } from "../../../../web/additions/wording.ts";

const report = {
  added: 0,
  updated: 0,
  removed: 0,
  unchanged: 236,
  duplicates: 0,
  problemCount: 0,
  problems: [],
  papers: [],
};
const addition: Addition = { id: "a", createdAt: "", state: "ingesting", files: [], canUndo: false };

describe("what the page says of an addition", () => {
  it.each([
    [0, "less than a minute left"],
    [29_999, "less than a minute left"],
    [30_000, "about a minute left"],
    [100_000, "about 2 minutes left"],
    [59.4 * 60_000, "about 59 minutes left"],
    [59.6 * 60_000, "about an hour left"],
    [150 * 60_000, "about 3 hours left"],
  ])("of %i ms: %s", (ms, said) => {
    expect(sayTimeLeft(ms)).toBe(said);
  });

  it("counts what its files hold, never the papers beside them", () => {
    expect(sayCounts(report, "future")).toBe("0 new");
    const mixed = { ...report, added: 12, updated: 3, known: 1200, duplicates: 1, problemCount: 4 };
    expect(sayCounts(mixed, "future")).toBe(
      "12 new, 3 changed, 1,200 already here, 1 duplicate merged, 4 could not be used",
    );
    expect(sayCounts({ ...mixed, duplicates: 2 }, "past")).toMatch(/^12 added, .*2 duplicates merged/);
  });

  it("tells bytes that are read from papers that are embedded, and an addition from its undoing", () => {
    expect(sayProgress({ stage: "reading", done: 1_572_864, total: 3_145_728 })).toBe("1.5 of 3 MB");
    expect(sayProgress({ stage: "embedding", done: 1200, total: 4000, leftMs: 120_000 })).toBe(
      "1,200 of 4,000 papers, about 2 minutes left",
    );
    expect(sayStage(addition)).toBe("Reading the files");
    expect(sayStage({ ...addition, report })).toBe("Taking it back");
  });
});
