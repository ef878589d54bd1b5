import { navigate } from "../router/navigate.ts";
import { chatPath, parseRoute } from "../router/route.ts";
import { Chat } from "./chat.ts";
import { refreshConversations } from "./conversations.ts";
import { Store } from "./store.ts";

const byId = new Map<string, Chat>();

/** The conversation that has not begun yet. */
export const fresh = new Store(begin());

export function chatOf(conversationId: string): Chat {
  const known = byId.get(conversationId);
  if (known !== undefined) return known;
  const chat = begin(conversationId);
  byId.set(conversationId, chat);
  return chat;
}

/** That of the page's address. */
export function shownChat(): Chat {
  const route = parseRoute(location);
  const id = route.page === "chat" ? route.conversationId : undefined;
  return id === undefined ? fresh.get() : chatOf(id);
}

/** A new conversation, about every paper; what is on its way in others goes on. */
export function startAnew(): void {
  if (fresh.get().state.get().messages.length > 0) fresh.set(begin());
  fresh.get().scope.set(undefined);
  navigate(chatPath());
}

/** A conversation that was deleted: what is on its way in it is stopped; where it comes back, it is read again. */
export function forget(conversationId: string): void {
  byId.get(conversationId)?.stopAll();
  byId.delete(conversationId);
}

function begin(id?: string): Chat {
  return new Chat(id, { onNamed: register, onChange: refreshConversations });
}

function register(chat: Chat, id: string): void {
  byId.set(id, chat);
  if (chat !== fresh.get()) return;
  const route = parseRoute(location);
  // Back leads from the first answer to where it was asked.
  if (route.page === "chat" && route.conversationId === undefined) navigate(chatPath(id));
  fresh.set(begin());
}
