import { describe, expect, it } from "vitest";
import type { BackupReport } from "../../../src/assistant/backup/backup.ts";
import { AppError } from "../../../src/errors.ts";
import { CommandRun } from "../../support/cli.ts";

const REPORT: BackupReport = {
  folder: "/backups/footnote-backup-2026-01-02T030405Z",
  data: { conversations: 1, messages: 4 },
  index: { papers: 236, passages: 779, createdAt: "2026-01-01T00:00:00.000Z" },
};

describe("footnote backup", () => {
  it("says what it copied, and where to", async () => {
    const run = new CommandRun();
    run.onBackup = async (_, into) => ({ ...REPORT, folder: `${into}/made` });
    expect(await run.execute("backup", "/backups")).toBe(0);
    expect(run.stdout.text).toBe("/backups/made: 1 conversation with 4 messages, the index of 236 papers\n");
  });

  it("goes to the working folder when none is named; as JSON it is the report", async () => {
    const run = new CommandRun();
    const places: string[] = [];
    run.onBackup = async (_, into) => {
      places.push(into);
      return REPORT;
    };
    expect(await run.execute("backup", "--json")).toBe(0);
    expect(JSON.parse(run.stdout.text)).toEqual(REPORT);
    expect(places).toEqual(["."]);
  });

  it("fails with the reason", async () => {
    const run = new CommandRun();
    run.onBackup = () => Promise.reject(new AppError("internal", "The folder /backups cannot grow"));
    expect(await run.execute("backup", "/backups")).toBe(1);
    expect(run.stdout.text).toBe("");
    expect(run.stderr.text).toBe("footnote: The folder /backups cannot grow\n");
  });
});
