import { describe, expect, it } from "vitest";
import type { Answerer, AnswerPart, ComposedAnswer } from "../../../src/answer/answerer.ts";
import { Checkpoints } from "../../../src/assistant/asking/answer-draft.ts";
import { type AskContext, ask } from "../../../src/assistant/asking/ask.ts";
import type { Snapshot } from "../../../src/assistant/index/live-index.ts";
import { PaperCatalog } from "../../../src/corpus/catalog.ts";
import { AppError } from "../../../src/errors.ts";
import type { AnswerEvent } from "../../../src/protocol.ts";
import { type Patience, RESTORE_PERIOD_MS } from "../../../src/store/conversations/conversation-store.ts";
import { PackedVectors } from "../../../src/store/vectors/packed-vectors.ts";
import { MemoryConversationStore } from "../../support/memory-conversation-store.ts";

const OWNER = "ann";
const WORDS = ["Graph ", "walks ", "converge."];

/** No paper fits; only what is written and stored matters here. */
const snapshot: Snapshot = {
  generation: {
    manifest: {
      formatVersion: 1,
      generation: "g",
      createdAt: "2026-01-01T00:00:00Z",
      embedding: { model: "m", fingerprint: "f", dimension: 1 },
      chunkerVersion: "c",
      corpusHash: "h",
      papers: 0,
      passages: 0,
      files: {},
    },
    catalog: new PaperCatalog([]),
    vectors: new PackedVectors([], new Float32Array(), 1),
    readFile: async () => undefined,
    derived: { read: async () => undefined, write: async () => undefined },
  },
  retriever: {
    retrieve: async () => [],
    related: async () => [],
    spelled: async (question) => question,
    idf: () => 0,
  },
};

/** Says WORDS, taking 600 ms for each. */
class SlowAnswerer implements Answerer {
  readonly model = "slow";
  time = 0;
  /** As one with a model would close its connection. */
  closed = false;

  async *answer(): AsyncGenerator<AnswerPart, ComposedAnswer> {
    try {
      for (const text of WORDS) {
        this.time += 600;
        yield { type: "text", text };
      }
    } finally {
      this.closed = true;
    }
    const text = WORDS.join("");
    return { text, citations: [], confidence: "tentative", unsupported: [], model: this.model };
  }
}

function begin(signal?: AbortSignal) {
  const time = { now: 0 };
  const conversations = new MemoryConversationStore({ now: () => time.now });
  const answerer = new SlowAnswerer();
  const clock = () => answerer.time;
  const checkpoints = new Checkpoints({ clock, random: () => 0 });
  const context: AskContext = { conversations, answerer, topK: 8, clock, checkpoints };
  const stream = ask({ owner: OWNER, messageId: "m", question: "Why?", signal }, snapshot, context);
  /** Reads on, up to and with the event that `is` it. */
  const until = async (is: (event: AnswerEvent) => boolean) => {
    for (let next = await stream.next(); !next.done; next = await stream.next()) if (is(next.value)) return;
    throw new Error("the stream ended");
  };
  return {
    conversations,
    answerer,
    stream,
    until,
    time,
    kept: async () => (await conversations.message(OWNER, "m")).message,
  };
}

async function eventsOf(stream: AsyncIterable<AnswerEvent>): Promise<AnswerEvent[]> {
  const events: AnswerEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

const isDelta = (text: string | undefined) => (event: AnswerEvent) =>
  event.type === "delta" && event.text === text;

describe("an answer that does not come to its end", () => {
  it("is there from the start, empty and marked as cut, under its question", async () => {
    const { conversations, until, kept } = begin();
    await until(({ type }) => type === "start");
    expect(await kept()).toMatchObject({ role: "assistant", text: "", cut: true });
    expect((await conversations.thread(OWNER, "m", 9)).map(({ text }) => text)).toEqual(["Why?", ""]);
  });

  it("keeps what was written to the last whole second", async () => {
    const { until, kept } = begin();
    await until(isDelta(WORDS[1]));
    expect((await kept()).text).toBe("");
    await until(isDelta(WORDS[2]));
    expect(await kept()).toMatchObject({ text: "Graph walks ", cut: true, answer: { cut: true } });
  });

  it("stays marked when it was stopped", async () => {
    const stopping = new AbortController();
    const { until, kept } = begin(stopping.signal);
    await until(isDelta(WORDS[0]));
    stopping.abort();
    await until(({ type }) => type === "aborted");
    expect(await kept()).toMatchObject({ cut: true, answer: { cut: true } });
  });

  it("closes its answerer when it cannot be stored, or nobody reads on", async () => {
    const full = begin();
    await full.until(isDelta(WORDS[1]));
    full.conversations.write = () => Promise.reject(new Error("the disk is full"));
    await expect(full.until(isDelta(undefined))).rejects.toThrow("the disk is full");
    expect(full.answerer.closed).toBe(true);
    const left = begin();
    await left.until(isDelta(WORDS[0]));
    await left.stream.return();
    expect(left.answerer.closed).toBe(true);
  });

  it("is whole after its conversation was deleted and restored, whenever that was", async () => {
    const events = await eventsOf(begin().stream);
    for (let deleted = 1; deleted < events.length; deleted++) {
      for (let restored = deleted; restored <= events.length; restored++) {
        const { conversations, stream, kept } = begin();
        const all: AnswerEvent[] = [];
        let id = "";
        const restore = () => conversations.restore(OWNER, id);
        for await (const event of stream) {
          if (event.type === "start") id = event.conversationId;
          if (all.push(event) === deleted) await conversations.remove(OWNER, id);
          if (all.length === restored) await restore();
        }
        expect(all.map(({ type }) => type)).toEqual(events.map(({ type }) => type));
        expect((await kept()).text).toBe(WORDS.join(""));
        expect(await kept()).not.toHaveProperty("cut");
      }
    }
  });

  it("ends, and its answerer with it, when its conversation is gone for good", async () => {
    const { conversations, answerer, stream, time } = begin();
    let id = "";
    await expect(async () => {
      for await (const event of stream) {
        if (event.type === "start") id = event.conversationId;
        if (!isDelta(WORDS[0])(event)) continue;
        await conversations.remove(OWNER, id);
        time.now += RESTORE_PERIOD_MS;
        await conversations.remove(OWNER, (await conversations.create(OWNER, "another")).id);
      }
    }).rejects.toMatchObject({ code: "not_found" });
    expect(answerer.closed).toBe(true);
  });

  it("loses the mark with its last word", async () => {
    const { until, kept } = begin();
    await until(({ type }) => type === "done");
    expect((await kept()).text).toBe(WORDS.join(""));
    expect(await kept()).not.toHaveProperty("cut");
    expect((await kept()).answer).not.toHaveProperty("cut");
  });

  it("goes on while another program holds the database, without what it would have kept meanwhile", async () => {
    const { conversations, stream, until, kept } = begin();
    await until(isDelta(WORDS[0]));
    const write = conversations.write.bind(conversations);
    const refused: unknown[] = [];
    conversations.write = async (owner, id, answer, patience?: Patience) => {
      if (patience?.wait !== false) return write(owner, id, answer);
      refused.push(answer.text);
      throw new AppError("busy", "locked");
    };
    await eventsOf(stream);
    expect(refused).toEqual(["Graph walks "]);
    expect(await kept()).toMatchObject({ text: WORDS.join("") });
  });
});

/** What is read of a conversation, by how long it is. */
class CountingStore extends MemoryConversationStore {
  read = 0;

  override async thread(owner: string, messageId: string, limit: number) {
    const messages = await super.thread(owner, messageId, limit);
    this.read = messages.length;
    return messages;
  }

  override messages(): never {
    throw new Error("a follow-up reads no whole conversation");
  }
}

it("reads no more of a long conversation for a follow-up than of one with a few turns", async () => {
  const read = async (messages: number): Promise<number> => {
    const conversations = new CountingStore();
    const { id } = await conversations.create(OWNER, "long");
    for (let at = 0; at < messages; at++) {
      const parentId = at === 0 ? undefined : `m${at - 1}`;
      await conversations.append(OWNER, id, [
        { id: `m${at}`, role: at % 2 === 0 ? "user" : "assistant", text: "x", parentId },
      ]);
    }
    const answerer = new SlowAnswerer();
    const clock = () => answerer.time;
    const context = { conversations, answerer, topK: 8, clock, checkpoints: new Checkpoints({ clock }) };
    const request = { owner: OWNER, messageId: "m", question: "And why?", conversationId: id };
    await eventsOf(ask(request, snapshot, context));
    return conversations.read;
  };
  expect(await read(2)).toBe(3);
  expect(await read(400)).toBe(await read(40));
});
