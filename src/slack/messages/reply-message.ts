import { setTimeout as sleep } from "node:timers/promises";
import type { Place } from "../accepted-question.ts";
import type { SlackLimits } from "../slack-limits.ts";
import { isTokenRefusal, SlackRefusal, SlackUnreachable } from "../web/slack-fault.ts";
import type { BlockMessage, Blocks, SlackWeb } from "../web/slack-web.ts";
import { piecesOf } from "./next-piece.ts";
import { cutText } from "./slack-text.ts";

/** One message of a reply while it grows. Everything throws SlackRefusal or SlackUnreachable. */
export interface ReplyMessage {
  /** Absent until Slack has taken its first text. */
  readonly ts: string | undefined;
  /** Milliseconds from one append to the next. */
  readonly interval: number;
  append(text: string): Promise<void>;
  /** Its last text, and what stands below it. */
  finish(text: string, blocks: Blocks): Promise<void>;
}

interface Options {
  readonly web: SlackWeb;
  readonly place: Place & { readonly threadTs: string };
  readonly limits: SlackLimits;
}

/** Streamed: Slack shows the text as it comes. */
export function streamedMessage({ web, place, limits }: Options): ReplyMessage {
  const stream = web.stream(place);
  return {
    get ts() {
      return stream.ts;
    },
    interval: limits.append,
    append: (text) => stream.append(text),
    finish: (text, blocks) => stream.stop(text, blocks),
  };
}

/** Where there are no streams: posted, then replaced by more and more of it. */
export function updatedMessage({ web, place, limits }: Options): ReplyMessage {
  const { channel, threadTs } = place;
  let ts: string | undefined;
  let whole = "";
  let next = 0;
  const write = async (text: string, blocks: Blocks): Promise<void> => {
    const message = asBlocks(whole + text, blocks);
    await sleep(Math.max(0, next - performance.now()));
    next = performance.now() + limits.update;
    if (ts === undefined) ts = await web.post(channel, threadTs, message);
    else await web.update(channel, ts, message);
    whole += text;
  };
  return {
    get ts() {
      return ts;
    },
    interval: limits.update,
    append: (text) => write(text, []),
    finish: (text, blocks) => (text === "" && blocks.length === 0 ? Promise.resolve() : write(text, blocks)),
  };
}

/** Characters of the text that notifications show. */
const NOTICE_LENGTH = 150;

/** Slack's Markdown as a message that is not streamed. */
export function asBlocks(markdown: string, blocks: Blocks = []): BlockMessage {
  const text = cutText(markdown.trim().replace(/\s+/g, " "), NOTICE_LENGTH);
  return { text, blocks: [{ type: "markdown", text: markdown }, ...blocks] };
}

export interface ReconcileOptions {
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
export async function reconcileReply(text: string, blocks: Blocks, options: ReconcileOptions): Promise<void> {
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
