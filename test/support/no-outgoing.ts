/** Setup of every test file: whatever it runs, here or in a child process, connects to this machine alone. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect } from "vitest";
import { PRELOAD, TRAP } from "./outgoing-trap.ts";

const folder = mkdtempSync(path.join(tmpdir(), "footnote-outgoing-"));
const log = path.join(folder, "log");
process.env.OUTGOING_LOG = log;
const { NODE_OPTIONS = "" } = process.env;
// Files that run in one process, one after the other, set it once.
if (!NODE_OPTIONS.includes(PRELOAD)) process.env.NODE_OPTIONS = `${NODE_OPTIONS} ${PRELOAD}`;
await import(pathToFileURL(TRAP).href);

afterAll(() => {
  const tried = existsSync(log) ? readFileSync(log, "utf8") : "";
  rmSync(folder, { recursive: true, force: true });
  expect(tried, "connections that would have left this machine").toBe("");
});
