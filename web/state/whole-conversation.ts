import { MAX_LIMIT } from "../../src/protocol/limits.ts";
import type { Message } from "../../src/protocol.ts";
import { client } from "./client.ts";

/** A conversation with all its messages, oldest first. */
export async function wholeConversation(id: string): Promise<{ title: string; messages: Message[] }> {
  const messages: Message[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await client.conversation(id, { limit: MAX_LIMIT, cursor });
    messages.push(...page.messages);
    cursor = page.nextCursor;
    if (cursor === undefined) return { title: page.title, messages };
  }
}
