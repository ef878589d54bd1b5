import type { AnswerFrame } from "../../src/protocol.ts";
import { Message } from "../../src/protocol.ts";

interface Asked {
  readonly messageId: string;
  readonly conversationId: string;
  readonly question: string;
  /** The text of the answer that was acknowledged as done. */
  text?: string;
  /** What was acknowledged of the conversation; `begun`: asked for, and not heard of. */
  state?: "deleted" | "restored" | "begun";
}

/** What a client was told, and whether the server still says so. */
export class KillLedger {
  readonly lost: string[] = [];
  readonly doubled: string[] = [];
  answers = 0;
  changes = 0;
  readonly #all = new Map<string, Asked>();
  #last = new Map<string, Asked>();
  #ended = 0;

  /** Answers of this round that have ended. */
  get ended(): number {
    return this.#ended;
  }

  /** @returns the conversation of an answer that begins */
  hear(frame: AnswerFrame, questionOf: (requestId: string) => string): string | undefined {
    const known = this.#last.get(frame.messageId);
    if (frame.type === "done" || frame.type === "aborted" || frame.type === "error") this.#ended += 1;
    if (frame.type === "done" && known !== undefined) {
      known.text = frame.answer.text;
      this.answers += 1;
    }
    if (frame.type !== "start") return undefined;
    const { messageId, conversationId, requestId = "" } = frame;
    const asked = { messageId, conversationId, question: questionOf(requestId) };
    this.#last.set(messageId, asked);
    this.#all.set(messageId, asked);
    return conversationId;
  }

  /** Deletes the conversation, and restores it when that is wanted; the server may be killed meanwhile. */
  async change(url: string, conversationId: string, kind: "delete" | "restore"): Promise<void> {
    const asked = [...this.#last.values()].find((one) => one.conversationId === conversationId);
    if (asked === undefined) return;
    try {
      asked.state = "begun";
      const address = `${url}/api/conversations/${conversationId}`;
      if ((await fetch(address, { method: "DELETE" })).status !== 204) return;
      asked.state = "deleted";
      this.changes += 1;
      if (kind === "delete") return;
      asked.state = "begun";
      if ((await fetch(`${address}/restore`, { method: "POST" })).status !== 200) return;
      asked.state = "restored";
      this.changes += 1;
    } catch {
      // Killed before it could say so.
    }
  }

  /** Checks the last round, and brings back what was deleted. */
  async checkLast(url: string): Promise<void> {
    for (const asked of this.#last.values()) await this.#check(url, asked);
    this.#last = new Map();
    this.#ended = 0;
  }

  async checkAll(url: string): Promise<void> {
    this.#last = new Map(this.#all);
    await this.checkLast(url);
  }

  async #check(url: string, asked: Asked): Promise<void> {
    const { conversationId, messageId, state } = asked;
    const address = `${url}/api/conversations/${conversationId}`;
    let response = await fetch(address);
    const isThere = response.status === 200;
    await response.arrayBuffer();
    if (state === "deleted" && isThere) this.lost.push(`the deletion of ${conversationId}`);
    if (state !== "deleted" && state !== "begun" && !isThere)
      this.lost.push(`conversation ${conversationId}`);
    if (!isThere) {
      response = await fetch(`${address}/restore`, { method: "POST" });
      await response.arrayBuffer();
      if (response.status !== 200) this.lost.push(`${conversationId}, which was deleted, for good`);
    }
    asked.state = "restored";
    await this.#checkMessages(address, messageId, asked);
  }

  async #checkMessages(address: string, messageId: string, { question, text }: Asked): Promise<void> {
    const { messages } = (await (await fetch(address)).json()) as { messages: unknown[] };
    const stored = messages.map((message) => Message.parse(message));
    const answers = stored.filter(({ role }) => role === "assistant");
    if (stored.length > 2 || answers.length > 1) this.doubled.push(`${address}: ${stored.length} messages`);
    const answer = answers.find(({ id }) => id === messageId);
    if (!stored.some((message) => message.role === "user" && message.text === question))
      this.lost.push(`the question of ${messageId}`);
    if (answer === undefined) this.lost.push(`message ${messageId}`);
    else if (text !== undefined && (answer.text !== text || answer.cut))
      this.lost.push(`words of ${messageId}`);
  }
}
