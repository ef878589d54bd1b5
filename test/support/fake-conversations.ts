import { Readable } from "node:stream";
import type { Conversations } from "../../src/assistant/port.ts";
import type { ExportFormat, Feedback } from "../../src/protocol.ts";
import type { Page } from "../../src/store/conversations/conversation-store.ts";
import { MemoryConversationStore } from "./memory-conversation-store.ts";

const MEDIA_TYPES: Record<ExportFormat, string> = {
  markdown: "text/markdown",
  json: "application/json",
  bibtex: "application/x-bibtex",
  ris: "application/x-research-info-systems",
};

/** Conversations in memory, without what the assistant adds. */
export class FakeConversations implements Conversations {
  readonly store = new MemoryConversationStore();

  list(owner: string, options: Page & { query?: string | undefined }) {
    return this.store.list(owner, options);
  }

  ownerOf(id: string) {
    return this.store.ownerOf(id);
  }

  async get(owner: string, id: string, page: Page) {
    return { ...(await this.store.get(owner, id)), ...(await this.store.messages(owner, id, page)) };
  }

  rename(owner: string, id: string, title: string) {
    return this.store.rename(owner, id, title);
  }

  remove(owner: string, id: string) {
    return this.store.remove(owner, id);
  }

  restore(owner: string, id: string) {
    return this.store.restore(owner, id);
  }

  async export(owner: string, id: string, format: ExportFormat) {
    const { title } = await this.store.get(owner, id);
    return {
      chunks: Readable.from([`${format} of `, title]),
      mediaType: `${MEDIA_TYPES[format]}; charset=utf-8`,
      fileName: `“${title}”.${format}`,
    };
  }

  async message(owner: string, messageId: string) {
    return (await this.store.message(owner, messageId)).message;
  }

  giveFeedback(owner: string, messageId: string, feedback: Feedback) {
    return this.store.giveFeedback(owner, messageId, feedback);
  }
}
