import { ROOT } from "../../src/protocol/limits.ts";
import type { ChatState } from "./chat-state.ts";

/** The server's ids in place of the page's own. What keeps its ids stays the same object: nothing is redrawn for it. */
export function renameMessages(
  { messages, choices, live }: ChatState,
  rename: (id: string) => string,
): Pick<ChatState, "messages" | "choices" | "live"> {
  return {
    messages: messages.map((one) => {
      const { id, parentId = ROOT } = one;
      if (rename(id) === id && rename(parentId) === parentId) return one;
      return { ...one, id: rename(id), ...(parentId === ROOT ? {} : { parentId: rename(parentId) }) };
    }),
    choices: Object.fromEntries(Object.entries(choices).map(([at, child]) => [rename(at), rename(child)])),
    live: new Map([...live].map(([at, value]) => [rename(at), value])),
  };
}
