/** Global set-up of the tests: one folder for what is made once in a run and then copied. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export default function setup(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-run-"));
  process.env.FOOTNOTE_TEST_RUN = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
