import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { expect } from "vitest";
import { type Assistant, createAssistant } from "../../src/assistant.ts";
import { loadConfig } from "../../src/config.ts";
import { type RunningServer, startServer } from "../../src/server/server.ts";
import { answerTo } from "../support/open-assistant.ts";
import { copySeedsIndex } from "../support/seeds-index.ts";
import type { Known } from "./inputs.ts";

export const KEY = "the-one-right-key-0123456789";
/** What nobody outside may read: stack frames, places of code, modules. */
const INSIDE =
  /\bat (?:[\w.<>]+ ){0,3}\(?[^\s()"]*\/[^\s()"]*:\d+:\d+\)?|\.[cm]?[jt]s:\d+|node_modules|file:\/\/|node:internal/;

/** The real assistant over the seeds, indexed once, behind two doors: one open, one that asks for a key. */
export class FuzzedServer {
  readonly open: RunningServer;
  readonly keyed: RunningServer;
  readonly known: Known;
  readonly log: readonly string[];
  readonly #assistant: Assistant;
  readonly #folder: string;

  static async start(): Promise<FuzzedServer> {
    const folder = mkdtempSync(path.join(tmpdir(), "footnote-doors-"));
    copySeedsIndex(path.join(folder, "vectorstore"));
    const config = loadConfig(
      {
        MODELS_DIR: "vectorstore/models",
        VECTORSTORE_DIR: path.join(folder, "vectorstore"),
        DATA_DIR: path.join(folder, "data"),
        PORT: "0",
        RATE_LIMIT_PER_MINUTE: "0",
        API_KEYS: `local:${KEY}`,
      },
      folder,
    );
    const assistant = createAssistant(config);
    await assistant.start();
    const log: string[] = [];
    const logger = pino({ level: "debug" }, { write: (line: string) => void log.push(line) });
    const options = { assistant, logger, webFolder: path.join(folder, "none"), version: "1.2.3" };
    const keyed = await startServer({ ...options, config: config.server });
    const open = await startServer({ ...options, config: { ...config.server, apiKeys: [] } });
    const { messageId, conversationId, sources } = await answerTo(assistant, "What are massive activations?");
    const known = { messageId, conversationId, paperId: sources[0]?.paper.id ?? "" };
    return new FuzzedServer({ open, keyed, known, log, assistant, folder });
  }

  private constructor(parts: {
    open: RunningServer;
    keyed: RunningServer;
    known: Known;
    log: readonly string[];
    assistant: Assistant;
    folder: string;
  }) {
    this.open = parts.open;
    this.keyed = parts.keyed;
    this.known = parts.known;
    this.log = parts.log;
    this.#assistant = parts.assistant;
    this.#folder = parts.folder;
  }

  /** Fails when `text`, which left the server, tells what is inside. */
  expectNoLeak(text: string): void {
    expect(text).not.toMatch(INSIDE);
    for (const secret of [KEY, process.cwd(), this.#folder, `${homedir()}/`])
      expect(text).not.toContain(secret);
  }

  /** What went wrong on the server's side, by its own log. */
  faults(): string[] {
    return this.log.filter((line) => (JSON.parse(line) as { level: number }).level >= 50);
  }

  async close(): Promise<void> {
    await Promise.all([this.open.close(0), this.keyed.close(0)]);
    await this.#assistant.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
