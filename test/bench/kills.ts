/** `kill -9` at random moments, on real processes: `BENCH_KILLS=100 npm run bench -- kills`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { killRun } from "../support/kill-run.ts";

const KILLS = 100;

export async function benchKills(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-kills-"));
  const began = performance.now();
  const report = await killRun(folder, Number(process.env.BENCH_KILLS ?? KILLS), (line) => console.log(line));
  console.log(
    `${report.kills} kills in ${((performance.now() - began) / 1000).toFixed(0)} s: ${report.answers} answers and ${report.changes} deletions and restorations acknowledged, ${report.backups} backups whole; ${report.lost.length} lost, ${report.doubled.length} doubled, ${report.leftOver.length} left over`,
  );
  for (const line of [...report.lost, ...report.doubled, ...report.leftOver]) console.log(`  ${line}`);
  rmSync(folder, { recursive: true, force: true });
  if (report.lost.length + report.doubled.length + report.leftOver.length > 0) process.exitCode = 1;
}
