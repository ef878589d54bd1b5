/** What a long conversation and many of them cost: follow-ups, searches, exports, and deleting for good. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { conversationsOf } from "../../src/assistant/conversations.ts";
import type { Answer } from "../../src/protocol.ts";
import { RESTORE_PERIOD_MS } from "../../src/store/conversations/conversation-store.ts";
import { SqliteConversationStore } from "../../src/store/conversations/sqlite-conversation-store.ts";
import { percentile } from "../../src/util/statistics.ts";
import { randomId } from "../../src/util/strings.ts";
import { openAssistant } from "./assistant.ts";

const MESSAGES = 2000;
const CONVERSATIONS = Number(process.env.BENCH_CONVERSATIONS ?? 20_000);
const EXPIRED = CONVERSATIONS / 4;
const ROUNDS = 25;
const OWNER = "local";
const QUESTION = "What are massive activations?";
const FOLLOW_UPS = ["How large are they?", "What speedup does CoreInfer achieve on an NVIDIA TITAN XP GPU?"];

export async function benchConversations(): Promise<void> {
  const { assistant, config, close } = await openAssistant();
  const ask = async (question: string, conversationId?: string, parentId?: string): Promise<Answer> => {
    const request = { owner: OWNER, messageId: randomId(), question, conversationId, parentId };
    for await (const event of assistant.ask(request)) if (event.type === "done") return event.answer;
    throw new Error("no answer");
  };
  const model = await ask(QUESTION);
  const store = new SqliteConversationStore({ folder: config.folders.data });
  const long = await longConversation(store, model);
  await benchFollowUps(ask, long);
  await benchExports(store, long.id);
  await store.close();
  await close();
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-bench-"));
  await benchMany(folder, model);
  rmSync(folder, { recursive: true, force: true });
}

type Ask = (question: string, conversationId?: string, parentId?: string) => Promise<Answer>;

/** A thread of MESSAGES messages, each answer as large as one that was given. */
async function longConversation(store: SqliteConversationStore, model: Answer) {
  const { id } = await store.create(OWNER, "long");
  let parentId: string | undefined;
  for (let i = 0; i < MESSAGES / 2; i++) {
    const [asked, said] = [randomId(), randomId()];
    const answer = { ...model, messageId: said, conversationId: id };
    await store.append(OWNER, id, [
      { id: asked, parentId, role: "user", text: QUESTION },
      { id: said, parentId: asked, role: "assistant", text: answer.text, answer },
    ]);
    parentId = said;
  }
  await store.settled();
  return { id, last: parentId };
}

async function benchFollowUps(ask: Ask, long: { id: string; last: string | undefined }): Promise<void> {
  const short = await ask(QUESTION);
  const took = new Map<string, number[]>();
  for (let round = -3; round < ROUNDS; round++) {
    for (const question of FOLLOW_UPS) {
      for (const [where, ids] of [
        ["new", []],
        ["2 messages", [short.conversationId, short.messageId]],
        [`${MESSAGES} messages`, [long.id, long.last]],
      ] as const) {
        const cpu = await cpuOf(() => ask(question, ...ids));
        const key = `${question} | ${where}`;
        if (round >= 0) took.set(key, [...(took.get(key) ?? []), cpu]);
      }
    }
  }
  for (const question of FOLLOW_UPS) {
    const median = (where: string) => percentile(took.get(`${question} | ${where}`) ?? [], 0.5);
    const [alone, after, far] = [median("new"), median("2 messages"), median(`${MESSAGES} messages`)];
    console.log(
      `“${question}” CPU median of ${ROUNDS}: new conversation ${alone.toFixed(1)} ms, after 2 messages ${after.toFixed(1)} ms, after ${MESSAGES} ${far.toFixed(1)} ms (× ${(far / alone).toFixed(2)} of a new one)`,
    );
  }
}

async function benchExports(store: SqliteConversationStore, id: string): Promise<void> {
  const conversations = conversationsOf(store, () => undefined);
  for (const format of ["markdown", "json", "bibtex", "ris"] as const) {
    let bytes = 0;
    const before = process.memoryUsage().rss;
    const { cpu, blocked } = await measured(async () => {
      for await (const chunk of (await conversations.export(OWNER, id, format)).chunks) bytes += chunk.length;
    });
    const grown = (process.memoryUsage().rss - before) / 2 ** 20;
    console.log(
      `export of ${MESSAGES} messages as ${format}: ${(bytes / 1e6).toFixed(1)} MB, CPU ${cpu.toFixed(0)} ms, longest piece ${blocked.toFixed(0)} ms, memory ${grown.toFixed(0)} MiB`,
    );
  }
}

const SEARCHES: ReadonlyArray<[what: string, query: string]> = [
  ["no hit", "zyxomatic"],
  ["one hit", "number 777."],
  ["a word of a tenth", "subject 3 of"],
  ["in every title and answer", "activations"],
  ["a phrase in every answer", "massive activations"],
  ["one letter", "a"],
  ["two signs, rare", "检索"],
  ["two letters, in all", "ma"],
];

async function benchMany(folder: string, model: Answer): Promise<void> {
  const time = { now: Date.now() };
  const store = new SqliteConversationStore({ folder, now: () => time.now });
  for (let i = 0; i < CONVERSATIONS; i++) {
    const [asked, said] = [randomId(), randomId()];
    const about = model.sources[i % model.sources.length]?.paper.title ?? "";
    const text = `${model.text} ${about}: subject ${i % 10} of number ${i}.${i % 1000 === 0 ? " 检索增强" : ""}`;
    await store.create(OWNER, `On activations, ${i}`, [
      { id: asked, role: "user", text: `${QUESTION} ${about}` },
      { id: said, parentId: asked, role: "assistant", text, answer: { ...model, text, messageId: said } },
    ]);
  }
  const placed = await measured(() => store.settled());
  console.log(
    `${CONVERSATIONS} conversations; the last of their texts were placed in pieces of ${placed.blocked.toFixed(0)} ms at most`,
  );
  for (const [what, query] of SEARCHES) {
    const took: number[] = [];
    let total = 0;
    for (let round = -2; round < ROUNDS; round++) {
      const cpu = await cpuOf(async () => {
        total = (await store.list(OWNER, { limit: 20, query })).total;
      });
      if (round >= 0) took.push(cpu);
    }
    console.log(
      `search over ${CONVERSATIONS}, ${what} (${total} found): CPU median ${percentile(took, 0.5).toFixed(1)} ms`,
    );
  }
  await benchPurge(store, time);
  await store.close();
}

async function benchPurge(store: SqliteConversationStore, time: { now: number }): Promise<void> {
  for (let cursor: string | undefined, left = EXPIRED; left > 0; ) {
    const page = await store.list(OWNER, { limit: 100, cursor });
    for (const { id } of page.conversations) await store.remove(OWNER, id);
    left -= page.conversations.length;
    cursor = page.nextCursor;
  }
  time.now += RESTORE_PERIOD_MS;
  const { cpu, blocked } = await measured(async () => {
    await store.remove(OWNER, (await store.create(OWNER, "another")).id);
    await store.settled();
  });
  console.log(
    `${EXPIRED} conversations deleted for good: CPU ${cpu.toFixed(0)} ms, longest piece ${blocked.toFixed(0)} ms`,
  );
}

/** Milliseconds of processor time. */
async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * What `work` takes, and the most of it between two turns in which others come on, in milliseconds of processor time: what
 * others take of a busy machine is not counted.
 */
async function measured(work: () => Promise<unknown>): Promise<{ cpu: number; blocked: number }> {
  let blocked = 0;
  let before = process.cpuUsage();
  const turn = (): void => {
    const { user, system } = process.cpuUsage(before);
    blocked = Math.max(blocked, (user + system) / 1000);
    before = process.cpuUsage();
  };
  const turns = setInterval(turn, 1);
  const cpu = await cpuOf(work);
  turn();
  clearInterval(turns);
  return { cpu, blocked };
}
