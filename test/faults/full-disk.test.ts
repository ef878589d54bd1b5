import { existsSync, readdirSync, rmSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { Answer } from "../../src/protocol.ts";
import { Child } from "../support/child.ts";
import { generatedPapers } from "../support/generated-papers.ts";
import { canMount, fill, smallDisk } from "../support/small-disk.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writePapers } from "../support/write-papers.ts";

vi.setConfig({ testTimeout: 120_000 });
if (!canMount) console.log("skipped: full disks, this user may not mount a tmpfs");

const QUESTION = "What accuracy does the walker Zeta8 reach on proteins?";
const RIGHT = "of 8.5 points";
const FULL = /cannot grow, the disk is full: free some space on it\. The index in it is as it was$/;

async function asks(folder: string, environment: Record<string, string>): Promise<void> {
  const child = new Child(folder, ["ask", QUESTION, "--json"], { environment });
  expect(await child.ended, child.stderr).toBe(0);
  expect(Answer.parse(JSON.parse(child.stdout)).text).toContain(RIGHT);
}

function indexed(): { folder: string; more: string } {
  const folder = temporaryFolder();
  writePapers(`${folder}/seeds/few.jsonl`, generatedPapers(20));
  const more = `${folder}/more.jsonl`;
  writePapers(more, generatedPapers(600, 100));
  return { folder, more };
}

describe.runIf(canMount)("a full disk", () => {
  it("ends an ingest with the fact and the fix; answers go on, and the next ingest completes", async () => {
    const { folder, more } = indexed();
    const disk = smallDisk(8);
    const environment = { VECTORSTORE_DIR: disk };
    await asks(folder, environment);
    const [live] = readdirSync(`${disk}/index`);
    for (const room of [1_000_000, 100_000, 0]) {
      const filler = fill(disk, room);
      const ingest = new Child(folder, ["ingest", more], { environment });
      expect(await ingest.ended).toBe(1);
      expect(ingest.stderr.trimEnd().split("\n").at(-1)).toMatch(FULL);
      expect(readdirSync(`${disk}/index`)).toEqual([live]);
      expect(existsSync(`${disk}/writer.lock`)).toBe(false);
      await asks(folder, environment);
      rmSync(filler);
    }
    const ingest = new Child(folder, ["ingest", more], { environment });
    expect(await ingest.ended, ingest.stderr).toBe(0);
    expect(ingest.stdout).toMatch(/^620 papers/);
  });

  it("refuses questions that cannot be stored, while the server goes on, until there is room", async () => {
    const { folder } = indexed();
    const disk = smallDisk(2);
    const server = new Child(folder, ["serve"], { environment: { DATA_DIR: disk } });
    const url = await server.ready();
    const ask = (question: string) =>
      fetch(`${url}/api/ask`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ question }),
      });
    const first = Answer.parse(await (await ask(QUESTION)).json());
    const filler = fill(disk);
    let refused: Response;
    // What SQLite has allotted already may hold a few more.
    for (let tries = 0; ; tries++) {
      refused = await ask(QUESTION);
      if (refused.status !== 200 || tries === 50) break;
    }
    expect(refused.status).toBe(500);
    expect(await refused.json()).toMatchObject({ error: { code: "internal", retryable: true } });
    await server.says(/conversations\.db cannot grow, the disk is full: free some space on it/);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/api/messages/${first.messageId}`)).status).toBe(200);
    const search = await fetch(`${url}/api/search`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ query: "walker" }),
    });
    expect(search.status).toBe(200);
    rmSync(filler);
    const later = Answer.parse(await (await ask(QUESTION)).json());
    expect(later.text).toContain(RIGHT);
  });

  it("leaves no half of a backup", async () => {
    const { folder } = indexed();
    await asks(folder, {});
    const disk = smallDisk(1);
    fill(disk, 60_000);
    const backup = new Child(folder, ["backup", disk]);
    expect(await backup.ended).toBe(1);
    expect(backup.stderr).toMatch(/cannot grow, the disk is full: free some space on it/);
    expect(readdirSync(disk)).toEqual(["filler"]);
  });
});

describe("a quota", () => {
  it("ends an ingest like a full disk", async () => {
    const { folder, more } = indexed();
    await asks(folder, {});
    // No file may grow beyond 200 kB: the index of 620 papers does not fit.
    const within = ["bash", "-c", 'ulimit -f 200; exec "$@"', "bash"];
    const ingest = new Child(folder, ["ingest", more], { within });
    expect(await ingest.ended).toBe(1);
    expect(ingest.stderr.trimEnd().split("\n").at(-1)).toMatch(FULL);
    await asks(folder, {});
  });
});
