import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createAssistant } from "../../src/assistant.ts";
import { SqliteConversationStore } from "../../src/store/conversations/sqlite-conversation-store.ts";
import { Child } from "../support/child.ts";
import { generatedPapers } from "../support/generated-papers.ts";
import { answerTo, testConfig } from "../support/open-assistant.ts";
import { MODELS_FOLDER } from "../support/real-embedder.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writePapers } from "../support/write-papers.ts";

const QUESTION = "What accuracy does the walker Zeta8 reach on proteins?";
const ASK = ["ask", QUESTION, "--json"];
const RIGHT = "of 8.5 points";

vi.setConfig({ testTimeout: 120_000 });

/** A folder in which one question was asked. */
const whole = mkdtempSync(path.join(tmpdir(), "footnote-whole-"));
afterAll(() => rmSync(whole, { recursive: true }));
beforeAll(async () => {
  writePapers(`${whole}/seeds/few.jsonl`, generatedPapers(20));
  const assistant = createAssistant(testConfig(whole));
  await assistant.start();
  expect((await answerTo(assistant, QUESTION)).text).toContain(RIGHT);
  await assistant.close();
});

function copy(): string {
  const folder = temporaryFolder();
  cpSync(whole, folder, { recursive: true });
  return folder;
}

/** The lowest bit at a share of the file. */
function flip(file: string, share: number): void {
  const bytes = readFileSync(file);
  const at = Math.floor(bytes.length * share);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

/** The exit code of wrong settings. */
const WRONG_SETTINGS = 78;

/** How a command fails that cannot go on: once, with this exit code, and last of all one line that says it. */
async function refusal(child: Child, exitCode = 1): Promise<string> {
  expect(await child.ended, child.stderr).toBe(exitCode);
  return child.stderr.trimEnd().split("\n").at(-1) ?? "";
}

describe("a damaged database", () => {
  it.each([
    ["cut in half", (file: string) => truncateSync(file, 4096 * 5)],
    ["none", (file: string) => writeFileSync(file, "not a database ".repeat(1000))],
    [
      "overwritten in its middle",
      (file: string) => writeFileSync(file, readFileSync(file).fill(0xff, 4096 * 2, 4096 * 9)),
    ],
  ])("that is %s is named, and left as it is", async (_, damage) => {
    const folder = copy();
    const file = `${folder}/data/conversations.db`;
    damage(file);
    const before = readFileSync(file);
    for (const argv of [ASK, ["serve"]]) {
      const line = await refusal(new Child(folder, argv));
      expect(line).toBe(
        `footnote: The database ${file} is damaged: put a backup in its place, or move the file away to start without the conversations in it`,
      );
      expect(readFileSync(file).equals(before)).toBe(true);
    }
  });

  it.each([
    ["cut off", (wal: string) => truncateSync(wal, Math.floor(readFileSync(wal).length * 0.6))],
    ["changed by a bit", (wal: string) => flip(wal, 0.6)],
  ])("whose log is %s holds what was written before that, in order", async (_, damage) => {
    const folder = `${temporaryFolder()}/data`;
    const writer = spawn(
      process.execPath,
      ["--import", "tsx", path.resolve("test/support/write-messages.ts"), folder],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    let acknowledged = 0;
    for await (const line of createInterface(writer.stdout)) {
      acknowledged = Number(line);
      if (acknowledged === 60) writer.kill("SIGKILL");
    }
    if (writer.exitCode === null && writer.signalCode === null) await once(writer, "exit");
    damage(`${folder}/conversations.db-wal`);
    writeFileSync(`${folder}/conversations.db-shm`, Buffer.alloc(32768, 0xff));
    const store = new SqliteConversationStore({ folder });
    const [conversation] = (await store.list("ann", { limit: 1 })).conversations;
    const { messages } = await store.messages("ann", conversation?.id ?? "", { limit: 100_000 });
    expect(messages.length).toBeLessThan(acknowledged);
    expect(messages.map(({ text }) => text)).toEqual(messages.map((_, i) => `text ${i + 1}`));
    await store.close();
  });
});

describe("a damaged model", () => {
  it.each([
    ["weights are cut off", "onnx/model_quantized.onnx", (file: string) => truncateSync(file, 100_000)],
    ["weights have another bit", "onnx/model_quantized.onnx", (file: string) => flip(file, 0.5)],
    ["tokenizer is cut off", "tokenizer.json", (file: string) => truncateSync(file, 10_000)],
    ["tokenizer has another bit", "tokenizer.json", (file: string) => flip(file, 0.5)],
    ["settings are empty", "config.json", (file: string) => writeFileSync(file, "")],
  ])("whose %s answers nothing, and harms no index", async (_, name, damage) => {
    const folder = copy();
    cpSync(MODELS_FOLDER, `${folder}/models`, { recursive: true });
    damage(`${folder}/models/footnote/papers-static/${name}`);
    const broken = new Child(folder, ASK, { environment: { MODELS_DIR: `${folder}/models` } });
    expect(await refusal(broken, WRONG_SETTINGS)).toMatch(
      /^footnote: EMBEDDING_MODEL "footnote\/papers-static" /,
    );
    expect(JSON.parse(broken.stdout)).toMatchObject({ error: { code: "config" } });
    const fixed = new Child(folder, ASK);
    expect(await fixed.ended, fixed.stderr).toBe(0);
    expect(fixed.stderr).toBe("");
    expect(fixed.stdout).toContain(RIGHT);
  });
});
