import type { Conversation } from "../../src/protocol.ts";
import { client } from "./client.ts";
import { type Problem, toProblem } from "./problem.ts";
import { Store } from "./store.ts";

/** Conversations read at once. */
const PAGE = 50;

interface Listed {
  readonly conversations: readonly Conversation[];
  readonly total: number;
  readonly nextCursor?: string | undefined;
  /** What they were searched for. */
  readonly query: string;
  readonly loaded: boolean;
  readonly problem?: Problem | undefined;
}

export const listed = new Store<Listed>({ conversations: [], total: 0, query: "", loaded: false });

let current: AbortController | undefined;

/** Reads the list again, as far as it was read. */
export function refreshConversations(): void {
  const { query, conversations } = listed.get();
  void read(query, Math.max(PAGE, Math.min(conversations.length, 2 * PAGE)));
}

export function searchConversations(query: string): void {
  listed.set({ ...listed.get(), query });
  void read(query, PAGE);
}

export async function moreConversations(): Promise<void> {
  const before = listed.get();
  const page = await client.conversations({ query: before.query, limit: PAGE, cursor: before.nextCursor });
  if (listed.get() !== before) return;
  listed.set({
    ...before,
    ...page,
    nextCursor: page.nextCursor,
    conversations: [...before.conversations, ...page.conversations],
  });
}

/** Before the server has been told; it is told right after. */
export function changeConversation(id: string, change: Partial<Conversation>): void {
  const { conversations } = listed.get();
  listed.set({
    ...listed.get(),
    conversations: conversations.map((one) => (one.id === id ? { ...one, ...change } : one)),
  });
}

export function dropConversation(id: string): void {
  const { conversations, total } = listed.get();
  listed.set({
    ...listed.get(),
    conversations: conversations.filter((one) => one.id !== id),
    total: total - 1,
  });
}

async function read(query: string, limit: number): Promise<void> {
  current?.abort();
  current = new AbortController();
  const { signal } = current;
  try {
    const page = await client.conversations({ query, limit, signal });
    listed.set({ ...page, query, loaded: true });
  } catch (error) {
    if (!signal.aborted) listed.set({ ...listed.get(), problem: toProblem(error) });
  }
}
