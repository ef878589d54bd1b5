/** The conversation store as the edges see it: pages of messages, and the conversation as a document. */

import type { Message, Paper } from "../protocol.ts";
import { exportConversation } from "../references/export-conversation.ts";
import type { ConversationStore } from "../store/conversations/conversation-store.ts";
import type { Conversations } from "./port.ts";

/** Messages read at once for an export, with everybody waiting: up to 5 ms for answers of 10 kB. */
const EXPORT_PAGE = 20;

/** @param paperById undefined for a paper that is not, or no longer, in the corpus */
export function conversationsOf(
  store: ConversationStore,
  paperById: (id: string) => Paper | undefined,
): Conversations {
  return {
    list: (owner, options) => store.list(owner, options),
    ownerOf: (id) => store.ownerOf(id),
    get: async (owner, id, page) => ({
      ...(await store.get(owner, id)),
      ...(await store.messages(owner, id, page)),
    }),
    rename: (owner, id, title, signal) => store.rename(owner, id, title, { signal }),
    remove: (owner, id, signal) => store.remove(owner, id, { signal }),
    restore: (owner, id, signal) => store.restore(owner, id, { signal }),
    export: async (owner, id, format) =>
      exportConversation(await store.get(owner, id), pagesOf(store, owner, id), format, paperById),
    message: async (owner, messageId) => (await store.message(owner, messageId)).message,
    giveFeedback: (owner, messageId, feedback, signal) =>
      store.giveFeedback(owner, messageId, feedback, { signal }),
  };
}

async function* pagesOf(store: ConversationStore, owner: string, id: string): AsyncGenerator<Message[]> {
  for (let cursor: string | undefined; ; ) {
    const page = await store.messages(owner, id, { limit: EXPORT_PAGE, cursor });
    yield page.messages;
    cursor = page.nextCursor;
    if (cursor === undefined) return;
  }
}
