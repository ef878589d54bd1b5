import { setTimeout as sleep } from "node:timers/promises";
import { piecesOf } from "./next-piece.ts";
import type { Place } from "./place.ts";
import { asBlocks } from "./reply-message.ts";
import { SlackRefusal, SlackUnreachable } from "./slack-error.ts";
import { isTokenRefusal } from "./slack-health.ts";
import type { SlackLimits } from "./slack-limits.ts";
import type { BlockMessage, Blocks, SlackWeb } from "./slack-web.ts";

export interface SettleOptions {
  readonly web: SlackWeb;
  readonly place: Place & { readonly threadTs: string };
  readonly limits: SlackLimits;
  /** The reply's messages that are in the thread, in order. */
  readonly posted: readonly string[];
  /** Called with all messages of the reply when there is one more. */
  readonly onPosted: (posted: readonly string[]) => Promise<void>;
}

/**
 * Makes the reply's messages hold exactly `text`, whatever they held: what is too many goes, what is there is replaced,
 * what is missing is posted. Done once more after it failed half-way, it comes to the same.
 * @throws SlackRefusal, SlackUnreachable
 */
export async function settleReply(text: string, blocks: Blocks, options: SettleOptions): Promise<void> {
  const { web, limits, onPosted } = options;
  const { channel, threadTs } = options.place;
  const posted = [...options.posted];
  const pieces = piecesOf(text);
  for (const ts of posted.slice(pieces.length)) {
    await web.remove(channel, ts).catch((error) => {
      if (!isRefusal(error, "message_not_found")) throw error;
    });
  }
  const put = async (at: number, message: BlockMessage): Promise<void> => {
    const ts = posted[at];
    if (ts !== undefined && (await replace(web, channel, ts, message))) return;
    posted[at] = await web.post(channel, threadTs, message);
    await onPosted([...posted]);
  };
  for (const [at, piece] of pieces.entries()) {
    if (at > 0) await sleep(limits.update);
    const below = at === pieces.length - 1 ? blocks : [];
    await put(at, asBlocks(piece, below)).catch((error) => {
      if (below.length === 0 || !isRefusal(error, "invalid_blocks")) throw error;
      // An answer without its references and buttons is better than half of one.
      return put(at, asBlocks(piece));
    });
  }
}

/** @returns whether the message holds it now; it may be gone, or closed to changes */
async function replace(web: SlackWeb, channel: string, ts: string, message: BlockMessage): Promise<boolean> {
  try {
    await web.update(channel, ts, message);
  } catch (error) {
    if (isRefusal(error, "message_not_found", "cant_update_message", "edit_window_closed")) return false;
    if (!isRefusal(error, "streaming_state_conflict")) throw error;
    // Its stream has not been ended, or not so that Slack noticed.
    await web.stopStream(channel, ts).catch((fault) => {
      throw fault instanceof SlackRefusal && !isTokenRefusal(fault)
        ? new SlackUnreachable(fault.method, fault)
        : fault;
    });
    await web.update(channel, ts, message);
  }
  return true;
}

function isRefusal(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof SlackRefusal && codes.includes(error.code);
}
