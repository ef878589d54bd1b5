import { MAX_LIMIT } from "../../src/protocol/limits.ts";
import { client } from "./client.ts";
import { scopedPapersOf } from "./scoped-papers.ts";
import type { HeldMessage } from "./thread.ts";

/** A conversation with all its messages, oldest first. */
export async function wholeConversation(id: string): Promise<{ title: string; messages: HeldMessage[] }> {
  const messages: HeldMessage[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await client.conversation(id, { limit: MAX_LIMIT, cursor });
    messages.push(...page.messages.map((one) => ({ ...one, scoped: scopedPapersOf(one.answer) })));
    cursor = page.nextCursor;
    if (cursor === undefined) return { title: page.title, messages };
  }
}
