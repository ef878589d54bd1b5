import { ROOT } from "../../src/protocol/limits.ts";
import type { Message } from "../../src/protocol.ts";

let counted = 0;

/** A message that the server has given no id yet. */
export function localMessage(role: Message["role"], text: string, parentId: string): Message {
  const parent = parentId === ROOT ? {} : { parentId };
  return { id: `local-${++counted}`, role, text, createdAt: new Date().toISOString(), ...parent };
}

export const isLocal = (messageId: string): boolean => messageId.startsWith("local-");
