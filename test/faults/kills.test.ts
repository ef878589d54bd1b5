import { expect, it, vi } from "vitest";
import { killRun } from "../support/kill-run.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

vi.setConfig({ testTimeout: 300_000 });

/** Two of each kind; `npm run bench -- kills` makes a hundred. */
it("loses, doubles and leaves nothing when answers, ingests, backups, deletions and restorations are killed", async () => {
  const report = await killRun(temporaryFolder(), 10);
  expect(report).toMatchObject({ kills: 10, lost: [], doubled: [], leftOver: [] });
  expect(report.backups).toBeGreaterThan(0);
});
