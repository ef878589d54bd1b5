import { setTimeout as sleep } from "node:timers/promises";
import type { types, webApi } from "@slack/bolt";
import type { Place } from "../accepted-question.ts";
import {
  classifyFault,
  isTokenRefusal,
  type SlackHealth,
  type SlackRefusal,
  SlackUnreachable,
} from "./slack-fault.ts";

export type Blocks = types.KnownBlock[];

/** A message of the bot as blocks, with the text that notifications show. */
export interface BlockMessage {
  readonly text: string;
  readonly blocks: Blocks;
}

type Threaded = Place & { readonly threadTs: string };

/** One stream into a thread. Everything throws SlackRefusal or SlackUnreachable. */
interface MessageStream {
  append(text: string): Promise<void>;
  /** Its message, from the first `append` on. */
  readonly ts: string | undefined;
  stop(text: string, blocks: Blocks): Promise<void>;
}

/** The calls of Slack's Web API that the bot makes, each under its limits. They throw SlackRefusal or SlackUnreachable. */
export class SlackWeb {
  readonly #client: webApi.WebClient;
  readonly #calls: SlackCalls;

  constructor(client: webApi.WebClient, calls: SlackCalls) {
    this.#client = client;
    this.#calls = calls;
  }

  /** Whose token it is. */
  async identify(): Promise<{ team: string; botId: string | undefined; botUserId: string | undefined }> {
    const found = await this.#calls.make("auth.test", () => this.#client.auth.test());
    return { team: found.team_id ?? "", botId: found.bot_id, botUserId: found.user_id };
  }

  /** What stands below the thread until the next message of the bot. */
  async setStatus({ channel, threadTs }: Threaded, status: string): Promise<void> {
    const call = { channel_id: channel, thread_ts: threadTs, status };
    await this.#calls.make("assistant.threads.setStatus", () =>
      this.#client.assistant.threads.setStatus(call),
    );
  }

  async suggest(channel: string, questions: readonly string[]): Promise<void> {
    const prompts = questions.map((message) => ({ title: message.slice(0, 75), message }));
    const call = { channel_id: channel, prompts };
    await this.#calls.make("assistant.threads.setSuggestedPrompts", () =>
      this.#client.assistant.threads.setSuggestedPrompts(call),
    );
  }

  stream({ channel, threadTs, user, userTeam }: Threaded): MessageStream {
    // What is appended is sent at once: when to append is decided by who does.
    const stream = this.#client.chatStream({
      ...{ channel, thread_ts: threadTs, buffer_size: 1 },
      ...{ recipient_user_id: user, recipient_team_id: userTeam },
    });
    /** After a rate limit the text is in the stream's buffer already. */
    const once = (text: string) => {
      let rest = text;
      return () => {
        const taken = rest;
        rest = "";
        return taken;
      };
    };
    return {
      get ts() {
        return stream.ts;
      },
      append: async (text) => {
        const fresh = once(text);
        const method = stream.ts === undefined ? "chat.startStream" : "chat.appendStream";
        await this.#calls.make(method, () => stream.append({ markdown_text: fresh() }));
      },
      stop: async (text, blocks) => {
        const fresh = once(text);
        await this.#calls.make("chat.stopStream", () => stream.stop({ markdown_text: fresh(), blocks }));
      },
    };
  }

  /** Ends a stream that another process or another time began. */
  async stopStream(channel: string, ts: string): Promise<void> {
    await this.#calls.make("chat.stopStream", () => this.#client.chat.stopStream({ channel, ts }));
  }

  /** @returns the new message's ts */
  async post(channel: string, threadTs: string | undefined, message: BlockMessage): Promise<string> {
    const place = { channel, ...(threadTs === undefined ? {} : { thread_ts: threadTs }) };
    const { ts } = await this.#calls.make("chat.postMessage", () =>
      this.#client.chat.postMessage({ ...place, ...message, unfurl_links: false, unfurl_media: false }),
    );
    return ts ?? "";
  }

  async update(channel: string, ts: string, message: BlockMessage): Promise<void> {
    await this.#calls.make("chat.update", () => this.#client.chat.update({ channel, ts, ...message }));
  }

  async remove(channel: string, ts: string): Promise<void> {
    await this.#calls.make("chat.delete", () => this.#client.chat.delete({ channel, ts }));
  }

  /** What one person alone sees. */
  async postEphemeral(place: Place, message: BlockMessage): Promise<void> {
    const { channel, user, threadTs } = place;
    const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
    await this.#calls.make("chat.postEphemeral", () =>
      this.#client.chat.postEphemeral({ channel, user, ...thread, ...message }),
    );
  }

  async upload({ channel, threadTs }: Threaded, filename: string, content: string): Promise<void> {
    await this.#calls.make("files.uploadV2", () =>
      this.#client.filesUploadV2({ channel_id: channel, thread_ts: threadTs, filename, content }),
    );
  }
}

/** Milliseconds that a call waits for its turn under Slack's limits before Slack counts as out of reach. */
const PATIENCE_MS = 5 * 60_000;
/** Of these calls. */
const TOKEN = "SLACK_BOT_TOKEN";

interface CallOptions {
  readonly health: SlackHealth;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
}

/** Calls of Slack's Web API under its rate limits: one method's wait is kept by all of its calls. */
export class SlackCalls {
  readonly #health: SlackHealth;
  readonly #signal: AbortSignal;
  /** Milliseconds of performance.now() until when a method rests. */
  readonly #restsUntil = new Map<string, number>();

  constructor({ health, signal }: CallOptions) {
    this.#health = health;
    this.#signal = signal;
  }

  /**
   * Makes the call, again after each Retry-After.
   * @throws SlackRefusal, SlackUnreachable
   */
  async make<Result>(method: string, call: () => Promise<Result>): Promise<Result> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      await this.#rest(method, until);
      try {
        const result = await call();
        this.#health.ok(TOKEN);
        return result;
      } catch (error) {
        const fault = classifyFault(method, error);
        if (typeof fault !== "number") throw this.#noted(fault);
        this.#restsUntil.set(method, performance.now() + fault * 1000);
      }
    }
  }

  /** @throws SlackUnreachable when that would take too long, or the bot closes */
  async #rest(method: string, until: number): Promise<void> {
    for (;;) {
      if (this.#signal.aborted) throw new SlackUnreachable(method, this.#signal.reason);
      const end = this.#restsUntil.get(method) ?? 0;
      const wait = end - performance.now();
      if (wait <= 0) return;
      if (end > until) throw new SlackUnreachable(method, new Error("its rate limit lasts too long"));
      await sleep(wait, undefined, { signal: this.#signal }).catch(() => {});
    }
  }

  #noted(fault: SlackRefusal | SlackUnreachable): Error {
    if (fault instanceof SlackUnreachable) this.#health.unreachable(TOKEN, fault);
    else if (isTokenRefusal(fault)) this.#health.refused(TOKEN, fault);
    else this.#health.ok(TOKEN);
    return fault;
  }
}
