import { isChannelOwner } from "../../assistant/channel-owner.ts";
import type { Conversations } from "../../assistant/port.ts";
import type { Identity } from "./identity.ts";

/**
 * Whose conversations a caller may open: their own. Admins also have those that are led in the channels of a
 * chat app, such as Slack, by their links: they are in no list.
 */
export function ownerFor(
  { owner, admin }: Identity,
  conversationId: string | undefined,
  conversations: Conversations,
): string {
  if (!admin || conversationId === undefined) return owner;
  const found = conversations.ownerOf(conversationId);
  return found !== undefined && isChannelOwner(found) ? found : owner;
}
