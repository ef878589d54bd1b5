import { cpSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import Libsql from "libsql";
import { expect, it, onTestFinished, vi } from "vitest";
import { Problem } from "../../src/protocol.ts";
import { Child } from "../support/child.ts";
import { copySeedsIndex } from "../support/seeds-index.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

vi.setConfig({ testTimeout: 120_000 });
/** Milliseconds between two searches: a hundred in the five seconds, of the 480 that a minute may have. */
const EVERY_MS = 50;

it("answers others while another program holds the database, and names that to who has to wait too long", async () => {
  const folder = temporaryFolder();
  cpSync("seeds", `${folder}/seeds`, { recursive: true });
  copySeedsIndex(`${folder}/vectorstore`);
  const server = new Child(folder, ["serve"]);
  const url = await server.ready();
  const ask = () =>
    fetch(`${url}/api/ask`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question: "What are massive activations?" }),
    });
  expect((await ask()).status).toBe(200);
  const other = new Libsql(`${folder}/data/conversations.db`);
  onTestFinished(() => void other.close());
  other.exec("BEGIN IMMEDIATE");
  let waiting = true;
  const asked = Promise.all([ask(), ask(), ask()]).finally(() => {
    waiting = false;
  });
  let answered = 0;
  for (; waiting; answered++) {
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/api/conversations?query=massive`)).status).toBe(200);
    await sleep(EVERY_MS);
  }
  // Of a server that stands still while it waits, one gets through between two asks.
  expect(answered).toBeGreaterThan(20);
  for (const response of await asked) {
    expect(response.status).toBe(503);
    const { error } = Problem.parse(await response.json());
    expect(error).toMatchObject({ code: "busy", retryable: true });
    expect(error.message).toMatch(
      /^The database conversations\.db has been locked for \d+ s by another program: end that program, or try again$/,
    );
  }
  expect(server.stderr).toContain(`${folder}/data/conversations.db`);
  const patient = ask();
  await fetch(`${url}/health`);
  other.exec("ROLLBACK");
  expect((await patient).status).toBe(200);
});
