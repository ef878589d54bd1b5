import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import { backup } from "../../../src/assistant/backup/backup.ts";
import { createAssistant, examineSetup } from "../../../src/assistant.ts";
import { SqliteConversationStore } from "../../../src/store/conversations/sqlite-conversation-store.ts";
import { thisProcess } from "../../../src/store/writer-lock/writer-lock-folder.ts";
import { answerTo, openAssistant, testConfig } from "../../support/open-assistant.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { thrownBy } from "../../support/thrown-by.ts";
import { writePapers } from "../../support/write-papers.ts";

const QUESTION = "How fast do walks converge?";
const now = () => new Date("2026-01-02T03:04:05.678Z");
const NAME = "footnote-backup-2026-01-02T030405Z";

/** A folder with a paper of another file than the seeds', and one answered question. */
async function used(): Promise<{ folder: string; conversationId: string }> {
  const folder = temporaryFolder();
  const elsewhere = path.join(temporaryFolder(), "more.jsonl");
  writePapers(`${folder}/seeds/papers.jsonl`, [
    { title: "On trees", abstract: "Trees have no cycles at all." },
  ]);
  writePapers(elsewhere, [{ title: "On walks", abstract: "Walks on graphs converge fast on most graphs." }]);
  const assistant = createAssistant(testConfig(folder));
  await assistant.start();
  await assistant.ingest({ paths: [elsewhere] });
  const { conversationId } = await answerTo(assistant, QUESTION);
  await assistant.close();
  rmSync(elsewhere);
  return { folder, conversationId };
}

describe("backup", () => {
  it("restores as it is: its folders are the folders of an installation", async () => {
    const { folder, conversationId } = await used();
    const into = path.join(temporaryFolder(), "backups");
    const report = await backup(testConfig(folder), into, { now });
    expect(report).toMatchObject({
      folder: path.join(into, NAME),
      data: { conversations: 1, messages: 2 },
      index: { papers: 2 },
    });
    expect(readdirSync(into)).toEqual([NAME]);
    expect(readdirSync(`${report.folder}/data`)).toEqual(["conversations.db"]);
    expect(statSync(report.folder).mode & 0o777).toBe(0o700);
    rmSync(folder, { recursive: true });
    const restored = openAssistant(
      testConfig(folder, {
        DATA_DIR: `${report.folder}/data`,
        VECTORSTORE_DIR: `${report.folder}/vectorstore`,
      }),
    );
    await restored.start();
    const { messages } = await restored.conversations.get("local", conversationId, { limit: 9 });
    expect(messages.map(({ text }) => text)[0]).toBe(QUESTION);
    expect((await answerTo(restored, QUESTION)).citations[0]?.title).toBe("On walks");
  });

  it("writes over nothing", async () => {
    const { folder } = await used();
    const into = temporaryFolder();
    const { folder: made } = await backup(testConfig(folder), into, { now });
    const before = readFileSync(`${made}/data/conversations.db`);
    const error = await thrownBy(() => backup(testConfig(folder), into, { now }));
    expect(error).toMatchObject({ code: "conflict" });
    expect(readFileSync(`${made}/data/conversations.db`).equals(before)).toBe(true);
    expect(readdirSync(into)).toEqual([NAME]);
  });

  it("of half an installation holds that half, and of none is refused", async () => {
    const folder = temporaryFolder();
    const into = temporaryFolder();
    const nothing = await thrownBy(() => backup(testConfig(folder), into));
    expect(nothing).toMatchObject({ code: "bad_request" });
    expect(readdirSync(into)).toEqual([]);
    await new SqliteConversationStore({ folder: `${folder}/data` }).close();
    const report = await backup(testConfig(folder), into);
    expect(report.index).toBeUndefined();
    expect(readdirSync(report.folder)).toEqual(["data"]);
  });

  it.each([
    ["index.pb", "index.pb is damaged"],
    ["papers.jsonl", "papers.jsonl is damaged"],
  ])("is not made of a damaged %s, and leaves nothing half done", async (name, message) => {
    const { folder } = await used();
    const index = `${folder}/vectorstore/index`;
    writeFileSync(path.join(index, readdirSync(index)[0] ?? "", name), "damaged");
    const into = temporaryFolder();
    expect((await thrownBy(() => backup(testConfig(folder), into))).message).toContain(message);
    expect(readdirSync(into)).toEqual([]);
  });

  it("names the database when that is damaged, not the copy", async () => {
    const { folder } = await used();
    writeFileSync(`${folder}/data/conversations.db`, "damaged ".repeat(2000));
    const error = await thrownBy(() => backup(testConfig(folder), temporaryFolder()));
    expect(error.message).toContain(`The database ${folder}/data/conversations.db is damaged`);
  });

  it("names the place when that cannot hold it", async () => {
    const { folder } = await used();
    const into = path.join(temporaryFolder(), "file");
    writeFileSync(into, "");
    const error = await thrownBy(() => backup(testConfig(folder), path.join(into, "deeper")));
    expect(error.message).toBe(`The folder ${into}/deeper is no folder: name another`);
    const inIndex = await thrownBy(() => backup(testConfig(folder), `${folder}/vectorstore/index`));
    expect(inIndex).toMatchObject({ code: "bad_request" });
  });

  it("ends when it is asked to, and leaves nothing", async () => {
    const { folder } = await used();
    const into = temporaryFolder();
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(backup(testConfig(folder), into, { signal })).rejects.toThrow("enough");
    expect(readdirSync(into)).toEqual([]);
  });

  it("is whole while another process writes", async () => {
    const folder = temporaryFolder();
    mkdirSync(`${folder}/data`);
    const writer = spawn(
      process.execPath,
      ["--import", "tsx", path.resolve("test/support/write-messages.ts"), `${folder}/data`],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    onTestFinished(() => void writer.kill("SIGKILL"));
    let acknowledged = 0;
    for await (const line of createInterface(writer.stdout)) {
      acknowledged = Number(line);
      if (acknowledged >= 100) break;
    }
    const { folder: made, data } = await backup(testConfig(folder), temporaryFolder());
    expect(writer.exitCode).toBeNull();
    writer.kill("SIGKILL");
    await once(writer, "exit");
    expect(data?.messages).toBeGreaterThanOrEqual(acknowledged);
    const store = new SqliteConversationStore({ folder: `${made}/data` });
    const [conversation] = (await store.list("ann", { limit: 1 })).conversations;
    const { messages } = await store.messages("ann", conversation!.id, { limit: 100_000 });
    expect(messages.map(({ text }) => text)).toEqual(messages.map((_, i) => `text ${i + 1}`));
    await store.close();
  });

  describe("that was killed", () => {
    /** What a backup of process `pid` leaves, with as much of its lock as `holder` says. */
    function left(into: string, name: string, holder: object | undefined): string {
      const folder = path.join(into, `footnote-backup-${name}.partial`);
      mkdirSync(`${folder}/data`, { recursive: true });
      writeFileSync(`${folder}/data/conversations.db`, "half");
      if (holder === undefined) return folder;
      mkdirSync(`${folder}/writer.lock`);
      writeFileSync(`${folder}/writer.lock/token`, JSON.stringify(holder));
      return folder;
    }

    it("goes with the next backup, and doctor names it until then", async () => {
      const { folder } = await used();
      const into = temporaryFolder();
      await backup(testConfig(folder), into, { now });
      const self = await thisProcess(new Date());
      const dead = left(into, "2026-01-01T000000Z", { ...self, started: "1" });
      const alive = left(into, "2026-01-01T000001Z", self);
      const elsewhere = left(into, "2026-01-01T000002Z", { host: "other", pid: 1, since: "2026" });
      mkdirSync(path.join(into, "mine.partial"));
      const found = (await examineSetup(testConfig(folder))).filter(({ check }) => check === "backups");
      expect(found.map(({ state, message }) => [state, message])).toEqual([
        ["warning", `The backup ${dead} was killed: remove it, or make another there, which does`],
        ["ok", `A backup is being made in ${alive}`],
        [
          "warning",
          expect.stringContaining(`The backup ${elsewhere} is not complete: if nobody makes it now,`),
        ],
      ]);
      const beating = setInterval(
        () => utimesSync(`${elsewhere}/writer.lock/token`, new Date(), new Date()),
        50,
      );
      onTestFinished(() => clearInterval(beating));
      await backup(testConfig(folder), into, { staleMs: 2000 });
      const partial = () => readdirSync(into).filter((name) => name.endsWith(".partial"));
      expect(partial().map((name) => path.join(into, name))).toEqual([
        alive,
        elsewhere,
        path.join(into, "mine.partial"),
      ]);
      clearInterval(beating);
      left(into, "2025-01-01T000002Z", undefined);
      const { folder: made } = await backup(testConfig(folder), into, {
        now: () => new Date(0),
        staleMs: 500,
      });
      expect(readdirSync(made)).toEqual(["data", "vectorstore"]);
      expect(partial().map((name) => path.join(into, name))).toEqual([
        alive,
        path.join(into, "mine.partial"),
      ]);
    });
  });
});
