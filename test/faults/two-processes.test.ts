import path from "node:path";
import { expect, it, vi } from "vitest";
import { Answer, PapersResponse } from "../../src/protocol.ts";
import { withWriterLock } from "../../src/store/writer-lock/writer-lock.ts";
import { deferred } from "../../src/util/waiting.ts";
import { Child } from "../support/child.ts";
import { eventually } from "../support/eventually.ts";
import { generatedPapers } from "../support/generated-papers.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writePapers } from "../support/write-papers.ts";

vi.setConfig({ testTimeout: 120_000 });

/** Three writers at once, each with papers of its own, while a server answers from what they write. */
it("lets processes share an index: none drops what another added", async () => {
  const folder = temporaryFolder();
  writePapers(`${folder}/seeds/few.jsonl`, generatedPapers(20));
  const files = [100, 200, 300].map((from) => {
    const file = path.join(folder, `from-${from}.jsonl`);
    writePapers(file, generatedPapers(30, from));
    return file;
  });
  const server = new Child(folder, ["serve"]);
  const url = await server.ready();
  const ingests = files.map((file) => new Child(folder, ["ingest", file]));
  for (const ingest of ingests) expect(await ingest.ended, ingest.stderr).toBe(0);

  const papers = async () =>
    PapersResponse.parse(await (await fetch(`${url}/api/papers?limit=1`)).json()).total;
  await eventually(papers).toBe(110);
  const ask = async (question: string): Promise<Answer> => {
    const response = await fetch(`${url}/api/ask`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question }),
    });
    return Answer.parse(await response.json());
  };
  expect((await ask("What accuracy does the sampler Zeta100 reach on dialogues?")).text).toContain(
    "100.5 points",
  );
  expect((await ask("What accuracy does the walker Zeta200 reach on graphs?")).text).toContain(
    "200.5 points",
  );
  expect((await ask("What accuracy does the sampler Zeta308 reach on recipes?")).text).toContain(
    "308.5 points",
  );
});

it("tells a writer who keeps it out, when that one does not end", async () => {
  const folder = temporaryFolder();
  writePapers(`${folder}/seeds/few.jsonl`, generatedPapers(20));
  const vectorstore = path.join(folder, "vectorstore");
  const waiting = deferred();
  const holding = withWriterLock(vectorstore, () => waiting.promise);
  const ingest = new Child(folder, ["ingest"]);
  expect(await ingest.ended).toBe(1);
  expect(ingest.stderr).toMatch(
    new RegExp(
      `^footnote: The index is being written by process ${process.pid} on .*: try again when that has ended\n$`,
    ),
  );
  waiting.resolve();
  await holding;
  expect(await new Child(folder, ["ingest"]).ended).toBe(0);
});
