import type { Message } from "../../src/protocol.ts";
import type { HeldMessage } from "./thread.ts";

/**
 * The messages of a conversation that grew elsewhere too. What the page holds whole, or is following, stays the same
 * object, so that nothing is redrawn for it.
 * @param isLive whether an answer is being followed
 */
export function catchUp(
  ours: readonly HeldMessage[],
  theirs: readonly HeldMessage[],
  isLive: (id: string) => boolean,
): HeldMessage[] {
  const held = new Map(ours.map((message) => [message.id, message]));
  const stored = new Set(theirs.map(({ id }) => id));
  const newest = theirs.map((message) => {
    const own = held.get(message.id);
    if (own !== undefined && (isLive(own.id) || isWhole(own))) return own;
    return { ...message, scoped: own?.scoped ?? message.scoped };
  });
  // Asked since theirs were read, or refused.
  return [...newest, ...ours.filter(({ id }) => !stored.has(id))];
}

const isWhole = ({ role, answer, cut }: Message): boolean =>
  role === "user" || (answer !== undefined && cut !== true);
