import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createAssistant } from "../../../src/assistant.ts";
import { openAssistant, testConfig } from "../../support/open-assistant.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { thrownBy } from "../../support/thrown-by.ts";
import { writePapers } from "../../support/write-papers.ts";

const record = (name: string, abstract = `${name} is studied. It works.`) => ({
  title: `About ${name}`,
  abstract,
});
const NAMES = ["pruning", "probing", "pooling", "parsing"];

function corpus(): string {
  const folder = temporaryFolder();
  writePapers(
    `${folder}/seeds/a.jsonl`,
    NAMES.map((name) => record(name)),
  );
  return folder;
}

const generation = (folder: string) => readdirSync(path.join(folder, "vectorstore/index"));

describe("ingest", () => {
  it("indexes the seeds at the first start, and embeds nothing at the second", async () => {
    const folder = corpus();
    const assistant = openAssistant(testConfig(folder));
    expect(assistant.readiness()).toEqual({ status: "indexing", done: 0, total: 0 });
    await assistant.start();
    expect(assistant.readiness()).toMatchObject({ status: "ready", papers: 4, passages: 4 });
    const before = generation(folder);
    expect(await assistant.ingest({})).toMatchObject({ papers: 4, unchanged: 4, added: 0, embedded: 0 });
    expect(generation(folder)).toEqual(before);
  });

  it("embeds only what is new or changed, and forgets what is gone", async () => {
    const folder = corpus();
    const assistant = openAssistant(testConfig(folder));
    await assistant.start();
    const kept = (await assistant.papers.list({ limit: 10 })).papers;
    writePapers(`${folder}/seeds/a.jsonl`, [
      record("pruning"),
      record("probing", "Other words."),
      record("planning"),
    ]);
    const report = await assistant.ingest({});
    expect(report).toMatchObject({ papers: 3, added: 1, updated: 1, removed: 2, unchanged: 1, embedded: 2 });
    const now = (await assistant.papers.list({ limit: 10 })).papers;
    expect(now.map(({ title }) => title)).toEqual(["About pruning", "About probing", "About planning"]);
    expect(now[1]?.id).toBe(kept[1]?.id);
    expect(now[1]?.revision).not.toBe(kept[1]?.revision);
    const { results } = await assistant.search({ query: "planning", limit: 1 });
    expect(results[0]?.paper.title).toBe("About planning");
  });

  it("gives the same vectors whether papers came at once or one after the other", async () => {
    const whole = openAssistant(testConfig(corpus()));
    await whole.start();
    const folder = corpus();
    writePapers(
      `${folder}/seeds/a.jsonl`,
      NAMES.slice(0, 2).map((name) => record(name)),
    );
    const grown = openAssistant(testConfig(folder));
    await grown.start();
    writePapers(
      `${folder}/seeds/a.jsonl`,
      NAMES.map((name) => record(name)),
    );
    expect(await grown.ingest({})).toMatchObject({ embedded: 2 });
    const search = { query: "how is probing studied", limit: 4 };
    const scores = ({ results }: Awaited<ReturnType<typeof whole.search>>) =>
      results.map(({ paper, score }) => [paper.title, score.toFixed(6)]);
    expect(scores(await grown.search(search))).toEqual(scores(await whole.search(search)));
  });

  it("keeps papers of other files, and adds to them", async () => {
    const folder = corpus();
    const assistant = openAssistant(testConfig(folder));
    await assistant.start();
    writePapers(`${folder}/more/b.jsonl`, [record("painting")]);
    expect(await assistant.ingest({ paths: [`${folder}/more`] })).toMatchObject({
      papers: 5,
      added: 1,
      removed: 0,
    });
    expect(await assistant.ingest({})).toMatchObject({ papers: 5, unchanged: 5 });
    expect(await assistant.ingest({ rebuild: true })).toMatchObject({ papers: 5, embedded: 5 });
  });

  it("refuses an ingest without papers, and goes on answering", async () => {
    const folder = corpus();
    const assistant = openAssistant(testConfig(folder));
    await assistant.start();
    writeFileSync(`${folder}/empty.jsonl`, "\n");
    expect(await thrownBy(() => assistant.ingest({ paths: [`${folder}/empty.jsonl`] }))).toMatchObject({
      code: "bad_request",
    });
    expect(await thrownBy(() => assistant.ingest({ paths: [`${folder}/nowhere`] }))).toMatchObject({
      code: "bad_request",
    });
    expect((await assistant.search({ query: "pruning", limit: 1 })).results).toHaveLength(1);
  });

  it("reports broken records and keeps the rest", async () => {
    const folder = corpus();
    writeFileSync(`${folder}/seeds/b.jsonl`, `{"title":"broken"\n${JSON.stringify(record("plotting"))}\n`);
    const assistant = openAssistant(testConfig(folder));
    await assistant.start();
    const { papers, problems } = await assistant.ingest({});
    expect(papers).toBe(5);
    expect(problems).toEqual([
      { file: expect.stringContaining("b.jsonl"), line: 1, reason: expect.any(String) },
    ]);
  });

  it("leaves the live index when it is aborted", async () => {
    const folder = corpus();
    const assistant = openAssistant(testConfig(folder));
    await assistant.start();
    const before = generation(folder);
    await expect(assistant.ingest({ rebuild: true, signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    expect(generation(folder)).toEqual(before);
    expect(assistant.readiness()).toMatchObject({ status: "ready", papers: 4 });
  });

  it("runs one after the other, and tells how far it is", async () => {
    const folder = corpus();
    const assistant = openAssistant(testConfig(folder));
    const stages = new Set<string>();
    const onProgress = ({ stage, done, total }: { stage: string; done: number; total: number }) => {
      stages.add(stage);
      expect(done).toBeLessThanOrEqual(total);
    };
    const [first, second] = await Promise.all([assistant.ingest({ onProgress }), assistant.ingest({})]);
    expect([first.embedded, second.embedded]).toEqual([4, 0]);
    expect([...stages]).toEqual(["reading", "embedding", "writing"]);
  });
});

describe("an index on disk", () => {
  it("of another model is refused with the command that fixes it, which then does", async () => {
    const folder = corpus();
    await openAssistant(testConfig(folder)).start();
    const other = openAssistant(testConfig(folder, { EMBEDDING_QUERY_PREFIX: "query: " }));
    const refused = await thrownBy(() => other.start());
    expect(refused.message).toMatch(/EMBEDDING_MODEL .* run footnote ingest --rebuild$/);
    await expect(other.ingest({})).rejects.toThrow("run footnote ingest --rebuild");
    expect(await other.ingest({ rebuild: true })).toMatchObject({ embedded: 4 });
    await other.start();
    expect((await other.search({ query: "pruning", limit: 1 })).results).toHaveLength(1);
  });

  it.each([
    ["papers.jsonl", "{"],
    ["index.pb", "not a message"],
    ["lexical.bin", ""],
  ])(
    "whose %s is damaged is reported and rebuilt at the start, with the papers of other files",
    async (name, content) => {
      const folder = corpus();
      const first = openAssistant(testConfig(folder));
      writePapers(`${folder}/more/b.jsonl`, [record("painting")]);
      await first.start();
      await first.ingest({ paths: [`${folder}/more`] });
      const [live = ""] = generation(folder);
      const file = path.join(folder, "vectorstore/index", live, name);
      // One damaged paper costs that paper only; a damaged index costs none.
      writeFileSync(
        file,
        name === "papers.jsonl" ? readFileSync(file, "utf8").replace("pruning", content) : content,
      );
      const errors: unknown[] = [];
      const assistant = createAssistant(testConfig(folder), {
        onBackgroundError: (error) => errors.push(error),
      });
      onTestFinished(() => assistant.close());
      await assistant.start();
      expect(String(errors[0])).toMatch(new RegExp(`${name} is damaged.*--rebuild`));
      expect(assistant.readiness()).toMatchObject({ status: "ready", papers: 5 });
      expect((await assistant.search({ query: "painting", limit: 1 })).results[0]?.paper.title).toBe(
        "About painting",
      );
    },
  );

  it("whose manifest is damaged is rebuilt at the start", async () => {
    const folder = corpus();
    await openAssistant(testConfig(folder)).start();
    writeFileSync(`${folder}/vectorstore/manifest.json`, "{");
    const errors: unknown[] = [];
    const assistant = createAssistant(testConfig(folder), {
      onBackgroundError: (error) => errors.push(error),
    });
    onTestFinished(() => assistant.close());
    await assistant.start();
    expect(String(errors[0])).toContain("manifest.json is not a manifest");
    expect(assistant.readiness()).toMatchObject({ papers: 4 });
  });

  it("that is replaced by a damaged one goes on answering, and says so once", async () => {
    const folder = corpus();
    const errors: unknown[] = [];
    const assistant = createAssistant(testConfig(folder), {
      onBackgroundError: (error) => errors.push(error),
    });
    onTestFinished(() => assistant.close());
    await assistant.start({ follow: true });
    writeFileSync(`${folder}/vectorstore/manifest.json`, "{");
    await expect.poll(() => errors.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(errors).toHaveLength(1);
    expect((await assistant.search({ query: "pruning", limit: 1 })).results).toHaveLength(1);
  });

  it("leaves no trace of a writer that was killed", async () => {
    const folder = corpus();
    mkdirSync(`${folder}/vectorstore/index/2020-1.partial`, { recursive: true });
    await openAssistant(testConfig(folder)).start();
    expect(generation(folder)).toEqual([expect.not.stringContaining("partial")]);
  });

  it("that another process rebuilds is picked up by a running assistant", async () => {
    const folder = corpus();
    const running = openAssistant(testConfig(folder));
    await running.start({ follow: true });
    writePapers(`${folder}/seeds/b.jsonl`, [record("patching")]);
    await openAssistant(testConfig(folder)).ingest({});
    const noticed = async () => running.readiness();
    await expect.poll(noticed).toMatchObject({ status: "ready", papers: 5 });
  });

  it("is brought up to date in the background when the assistant follows", async () => {
    const folder = corpus();
    await openAssistant(testConfig(folder)).start();
    rmSync(`${folder}/seeds/a.jsonl`);
    writePapers(`${folder}/seeds/c.jsonl`, [record("pondering")]);
    const assistant = openAssistant(testConfig(folder));
    await assistant.start({ follow: true });
    await expect.poll(async () => assistant.readiness()).toMatchObject({ papers: 1 });
  });
});
