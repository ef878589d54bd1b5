import { setTimeout as sleep } from "node:timers/promises";
import { cutText } from "./cut-text.ts";
import type { Place } from "./place.ts";
import type { SlackLimits } from "./slack-limits.ts";
import type { BlockMessage, Blocks, SlackWeb } from "./slack-web.ts";

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
