import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { createAssistant } from "../../src/assistant.ts";
import { PapersResponse } from "../../src/protocol.ts";
import { Child } from "../support/child.ts";
import { eventually } from "../support/eventually.ts";
import { generatedPapers } from "../support/generated-papers.ts";
import { answerTo, testConfig } from "../support/open-assistant.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writePapers } from "../support/write-papers.ts";

vi.setConfig({ testTimeout: 300_000 });

const FEW = 40;
/** Enough for an ingest of some seconds, over processes. */
const MANY = 1000;

/** What an ingest does on disk, by the file that shows it. */
const ON_DISK: readonly [what: string, file: RegExp][] = [
  ["the lock is taken", /^writer\.lock\/./],
  ["the papers are being written", /\.partial\/papers\.jsonl$/],
  ["the vectors are being written", /\.partial\/index\.pb$/],
  ["the new index has its name", /^index\/[^/]+(?<!\.partial)$/],
];

/** Names below a folder in which others make and remove files meanwhile. */
function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
}

/** Papers in the index, after it has answered a question about one of the first: whole, and without a rebuild. */
async function answersFrom(folder: string): Promise<number> {
  const errors: unknown[] = [];
  // An ingest reads nothing, and anyone who asks here need not either.
  const config = testConfig(folder, { READER_MODEL: "none" });
  const assistant = createAssistant(config, { onBackgroundError: (error) => errors.push(error) });
  try {
    await assistant.start();
    const answer = await answerTo(assistant, "What accuracy does the walker Zeta8 reach on proteins?");
    expect(answer.text).toContain("of 8.5 points");
    return (await assistant.papers.list({ limit: 1 })).total;
  } finally {
    await assistant.close();
    expect(errors).toEqual([]);
  }
}

/** Kills an ingest at ten moments, six spread over its time and four at what it does on disk. */
it("survives kill -9 of an ingest at any moment, and completes the next", async () => {
  const more = path.join(temporaryFolder(), "more.jsonl");
  writePapers(more, generatedPapers(MANY, FEW));
  const few = async () => {
    const folder = temporaryFolder();
    writePapers(`${folder}/seeds/few.jsonl`, generatedPapers(FEW));
    expect(await new Child(folder, ["ingest"]).ended).toBe(0);
    return folder;
  };
  const ingest = (into: string) => new Child(into, ["ingest", more, "--rebuild"]);
  const undisturbed = await few();
  const began = performance.now();
  expect(await ingest(undisturbed).ended).toBe(0);
  const took = performance.now() - began;

  const folder = await few();
  const vectorstore = path.join(folder, "vectorstore");
  expect(await answersFrom(folder)).toBe(FEW);

  let papers = FEW;
  const killed = async (what: string, moment: (child: Child) => Promise<unknown>) => {
    const child = ingest(folder);
    await moment(child);
    await child.kill();
    const found = await answersFrom(folder);
    // What was complete stays complete; an ingest that was killed after the swap has done its work.
    expect([papers, FEW + MANY], what).toContain(found);
    papers = found;
  };

  for (let at = 1; at <= 6; at++) {
    await killed(`${at} of 7 parts of ${Math.round(took)} ms`, () => sleep((took * at) / 7));
  }
  for (const [what, file] of ON_DISK) {
    const before = new Set(filesBelow(vectorstore));
    const isThere = () => filesBelow(vectorstore).some((name) => file.test(name) && !before.has(name));
    await killed(what, async (child) => {
      while (!isThere() && !child.over) await nextTurn();
    });
  }

  const last = ingest(folder);
  expect(await last.ended, last.stderr).toBe(0);
  // What the killed have embedded is not embedded again.
  const [, embedded] = new RegExp(`^${FEW + MANY} papers .* (\\d+) embedded`).exec(last.stdout) ?? [];
  expect(Number(embedded)).toBeLessThan(FEW + MANY);
  expect(await answersFrom(folder)).toBe(FEW + MANY);
  // Nothing of the killed is left: neither half an index nor a lock.
  expect(readdirSync(path.join(vectorstore, "index"))).toHaveLength(1);
  expect(existsSync(path.join(vectorstore, "writer.lock"))).toBe(false);
});

it("resumes by itself when serve is killed while it indexes, first or later", async () => {
  const folder = temporaryFolder();
  const killWhileItWrites = async () => {
    const server = new Child(folder, ["serve"]);
    // Often, since it is there for a part of a second.
    while (!existsSync(path.join(folder, "vectorstore", "writer.lock"))) await sleep(2);
    await server.kill();
  };
  writePapers(`${folder}/seeds/few.jsonl`, generatedPapers(FEW));
  await killWhileItWrites();
  const first = new Child(folder, ["serve"]);
  await first.ready();
  expect(first.stderr).toContain(`Ready: ${FEW} papers`);
  await first.kill();

  writePapers(`${folder}/seeds/more.jsonl`, generatedPapers(300, FEW));
  await killWhileItWrites();
  const second = new Child(folder, ["serve"]);
  const url = await second.ready();
  expect(second.stderr).toContain(`Ready: ${FEW} papers`);
  const papers = async () =>
    PapersResponse.parse(await (await fetch(`${url}/api/papers?limit=1`)).json()).total;
  await eventually(papers).toBe(FEW + 300);
});
