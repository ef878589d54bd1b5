import type { Conversation } from "../../src/protocol.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

interface Group {
  readonly name: string;
  readonly items: Conversation[];
}

/** Conversations, newest first as they come, under the names of when they were last used. */
export function byDay(conversations: readonly Conversation[], now = new Date()): Group[] {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  const groups: Group[] = [];
  for (const conversation of conversations) {
    const name = nameOf(Math.ceil((today - Date.parse(conversation.updatedAt)) / DAY_MS));
    const last = groups.at(-1);
    if (last?.name === name) last.items.push(conversation);
    else groups.push({ name, items: [conversation] });
  }
  return groups;
}

function nameOf(daysAgo: number): string {
  if (daysAgo <= 0) return "Today";
  if (daysAgo === 1) return "Yesterday";
  if (daysAgo <= 7) return "The last seven days";
  return daysAgo <= 30 ? "The last thirty days" : "Earlier";
}
