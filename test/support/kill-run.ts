/** Kills processes of one installation at random moments, and counts what that lost, doubled or left behind. */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inspectConversations } from "../../src/store/sqlite/schema.ts";
import { seededRandom } from "../../src/util/statistics.ts";
import { generatedPapers } from "./generated-papers.ts";
import { KillLedger } from "./kill-ledger.ts";
import { KilledProcess } from "./killed-process.ts";
import { SocketClient } from "./socket-client.ts";
import { writePapers } from "./write-papers.ts";

const FEW = 40;
/** Enough for an ingest of seconds. */
const MORE = 600;
/** Asked at once: they stream long enough to be caught at any point. */
const ASKS = 12;
const QUESTIONS = [
  "What accuracy does the walker Zeta8 reach on proteins?",
  "What accuracy does the walker Zeta9 reach on proteins?",
  "What is the capital of Mongolia?",
];

export interface KillReport {
  readonly kills: number;
  readonly answers: number;
  readonly changes: number;
  readonly backups: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly leftOver: readonly string[];
}

const KINDS = ["answers", "ingest", "backup", "delete", "restore"] as const;

/** @param folder an empty one, that is filled @param log a line for each kill */
export async function killRun(
  folder: string,
  count: number,
  log: (line: string) => void = () => undefined,
): Promise<KillReport> {
  const run = new KillRun(folder);
  await run.begin();
  for (let at = 0; at < count; at++) {
    const kind = KINDS[at % KINDS.length] ?? "answers";
    log(`${at + 1} ${kind}: ${await run.kill(kind)}`);
  }
  return { kills: count, ...(await run.end()) };
}

class KillRun {
  readonly #folder: string;
  readonly #random = seededRandom(20_260);
  readonly #ledger = new KillLedger();
  readonly #backups: string;
  readonly #more: string;
  #server: KilledProcess;

  constructor(folder: string) {
    this.#folder = folder;
    this.#backups = path.join(folder, "backups");
    this.#more = path.join(folder, "more.jsonl");
    mkdirSync(this.#backups, { recursive: true });
    writePapers(`${folder}/seeds/few.jsonl`, generatedPapers(FEW));
    writePapers(this.#more, generatedPapers(MORE, FEW));
    this.#server = new KilledProcess(folder, "serve");
  }

  async begin(): Promise<void> {
    await this.#server.url();
  }

  /** @returns what it was killed in the middle of */
  kill(kind: (typeof KINDS)[number]): Promise<string> {
    switch (kind) {
      case "ingest":
        return this.#killChild(6000, "ingest", this.#more, "--rebuild");
      case "backup":
        return this.#killChild(2500, "backup", this.#backups);
      default:
        return this.#killServer(kind);
    }
  }

  async end(): Promise<Omit<KillReport, "kills">> {
    const folder = this.#folder;
    await this.#ledger.checkAll(await this.#server.url());
    const leftOver: string[] = [];
    for (const command of [
      ["ingest", this.#more],
      ["backup", this.#backups],
    ]) {
      const child = new KilledProcess(folder, ...command);
      if ((await child.ended) !== 0) leftOver.push(`${command[0]} failed after all: ${child.said}`);
    }
    await this.#server.kill();
    const index = readdirSync(path.join(folder, "vectorstore", "index"));
    if (index.length !== 1) leftOver.push(`indexes ${index.join(", ")}`);
    for (const name of [
      ...readdirSync(path.join(folder, "vectorstore")),
      ...readdirSync(path.join(folder, "data")),
    ])
      if (/writer\.lock|\.tmp$|\.partial$/.test(name)) leftOver.push(name);
    const names = readdirSync(this.#backups);
    leftOver.push(...names.filter((name) => name.endsWith(".partial")));
    let whole = 0;
    for (const name of names.filter((one) => !one.endsWith(".partial"))) {
      if (existsSync(path.join(this.#backups, name, "writer.lock"))) leftOver.push(`${name}/writer.lock`);
      inspectConversations(path.join(this.#backups, name, "data", "conversations.db"));
      whole += 1;
    }
    const { answers, changes, lost, doubled } = this.#ledger;
    return { answers, changes, lost, doubled, leftOver, backups: whole };
  }

  /** A process beside the server, which answers all the same. */
  async #killChild(longestMs: number, ...argv: string[]): Promise<string> {
    const child = new KilledProcess(this.#folder, ...argv);
    const ms = Math.round(this.#random() * longestMs);
    await Promise.race([sleep(ms), child.ended]);
    const over = child.over;
    await child.kill();
    const { status } = await fetch(`${await this.#server.url()}/api/search`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ query: "walker" }),
    });
    if (status !== 200) this.#ledger.lost.push(`the server said ${status} after ${argv[0]} was killed`);
    return over ? `had ended within ${ms} ms` : `after ${ms} ms`;
  }

  /** The server while it answers; the first conversations are deleted, and restored, meanwhile. */
  async #killServer(kind: "answers" | "delete" | "restore"): Promise<string> {
    const url = await this.#server.url();
    const client = await SocketClient.open(`${url.replace("http", "ws")}/ws`);
    for (let i = 0; i < ASKS; i++) {
      const question = QUESTIONS[i % QUESTIONS.length] ?? "";
      client.send({ type: "ask", requestId: `r${i}`, question });
    }
    const frames = 1 + Math.floor(this.#random() * ASKS * 8);
    const changes: Promise<void>[] = [];
    for (let seen = 0; seen < frames && this.#ledger.ended < ASKS; seen++) {
      const frame = await client.next();
      if (!("seq" in frame)) continue;
      const conversationId = this.#ledger.hear(
        frame,
        (requestId) => QUESTIONS[Number(requestId.slice(1)) % QUESTIONS.length] ?? "",
      );
      if (conversationId !== undefined && kind !== "answers")
        changes.push(this.#ledger.change(url, conversationId, kind));
    }
    await this.#server.kill();
    client.drop();
    await Promise.all(changes);
    this.#server = new KilledProcess(this.#folder, "serve");
    await this.#ledger.checkLast(await this.#server.url());
    return `after ${frames} frames`;
  }
}
