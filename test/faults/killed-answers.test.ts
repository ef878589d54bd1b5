import { cpSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { type Answer, Message } from "../../src/protocol.ts";
import { Child } from "../support/child.ts";
import { copySeedsIndex } from "../support/seeds-index.ts";
import { SocketClient } from "../support/socket-client.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

vi.setConfig({ testTimeout: 120_000 });

/** Asked at once; answers to so many take long enough to be caught at any point. */
const ASKS = 24;
const QUESTIONS = [
  "What are massive activations?",
  "What speedup does CoreInfer achieve on an NVIDIA TITAN XP GPU?",
  "How do transformers add long numbers?",
  "What is the capital of Mongolia?",
];

interface Asked {
  readonly question: string;
  readonly conversationId: string;
  /** When the client was told that it is done. */
  readonly answer: Answer | undefined;
}

/** Asks, and kills the server when `frames` frames have come. @returns what the client knows, by messageId */
async function killWhileItAnswers(server: Child, frames: number): Promise<Map<string, Asked>> {
  const url = await server.ready();
  const client = await SocketClient.open(`${url.replace("http", "ws")}/ws`);
  const asked = new Map<string, Asked>();
  for (let i = 0; i < ASKS; i++) {
    client.send({ type: "ask", requestId: `r${i}`, question: QUESTIONS[i % QUESTIONS.length] });
  }
  for (let seen = 0; seen < frames; seen++) {
    const frame = await client.next();
    if (!("seq" in frame)) throw new Error(`no frame of an answer: ${JSON.stringify(frame)}`);
    if (frame.type === "start") {
      const question = QUESTIONS[Number(frame.requestId?.slice(1)) % QUESTIONS.length] ?? "";
      asked.set(frame.messageId, { question, conversationId: frame.conversationId, answer: undefined });
    }
    const known = asked.get(frame.messageId);
    if (frame.type === "done" && known) asked.set(frame.messageId, { ...known, answer: frame.answer });
  }
  await server.kill();
  client.drop();
  return asked;
}

async function get<Body>(url: string, address: string): Promise<{ status: number; body: Body }> {
  const response = await fetch(url + address);
  return { status: response.status, body: (await response.json()) as Body };
}

it("keeps every finished message, and marks those that kill -9 cut", async () => {
  const folder = temporaryFolder();
  cpSync("seeds", `${folder}/seeds`, { recursive: true });
  copySeedsIndex(`${folder}/vectorstore`);
  const [cut, finished] = [new Set<string>(), new Set<string>()];
  let server = new Child(folder, ["serve"]);
  for (const frames of [1, 30, 80, 130, 180]) {
    const asked = await killWhileItAnswers(server, frames);
    server = new Child(folder, ["serve"]);
    const url = await server.ready();
    for (const [id, { question, conversationId, answer }] of asked) {
      const { body } = await get<Message>(url, `/api/messages/${id}`);
      const message = Message.parse(body);
      const asker = (await get<Message>(url, `/api/messages/${message.parentId}`)).body;
      expect(asker).toMatchObject({ role: "user", text: question });
      if (answer !== undefined) expect(message).toMatchObject({ text: answer.text, answer });
      expect(message.cut ?? false).toBe(message.answer === undefined || message.answer.cut === true);
      (message.cut ? cut : finished).add(id);
      // The frames died with the process; who resumes is told to fetch the message, and finds the conversation going on.
      expect((await get(url, `/api/messages/${id}/events`)).status).toBe(410);
      expect((await get(url, `/api/conversations/${conversationId}`)).status).toBe(200);
    }
  }
  expect(cut.size).toBeGreaterThan(0);
  expect(finished.size).toBeGreaterThan(0);
});
