import { setTimeout as sleep } from "node:timers/promises";
import { isTokenRefusal, SlackRefusal, SlackUnreachable } from "../web/slack-fault.ts";
import type { Blocks } from "../web/slack-web.ts";
import { closed, nextPiece, openFence, reopened } from "./next-piece.ts";
import {
  type ReconcileOptions,
  type ReplyMessage,
  reconcileReply,
  streamedMessage,
  updatedMessage,
} from "./reply-message.ts";

interface Options extends ReconcileOptions {
  /** The thread takes no text at all: `finish` will say so. */
  readonly onUnwelcome: () => void;
}

/**
 * An answer in a thread, as one message or several: streamed as its text comes; continued in a new message before Slack
 * would close or refuse one; updated where streams are not available. Taking text never waits for Slack. Where it is not
 * certain what stands in Slack, the end writes every message again, so no text is dropped or doubled.
 */
export class Reply {
  readonly #options: Options;
  #posted: string[];
  /** The text that Slack has taken for sure; the rest is to come. */
  #sent = "";
  #rest = "";
  #message: ReplyMessage | undefined;
  #bytes = 0;
  #since = 0;
  #lastAppend = Number.NEGATIVE_INFINITY;
  #streams = true;
  /** It is not known, or not what it should be, what stands in Slack. */
  #unsure: boolean;
  /** Everything is there, and what stands below it. */
  #complete = false;
  readonly #ending = new AbortController();
  #pump: Promise<void> = Promise.resolve();
  #pumping = false;

  constructor(options: Options) {
    this.#options = options;
    this.#posted = [...options.posted];
    this.#unsure = options.posted.length > 0;
  }

  /** More text, of Slack's Markdown. */
  push(text: string): void {
    this.#rest += text;
    if (this.#pumping || this.#ending.signal.aborted) return;
    this.#pumping = true;
    this.#pump = this.#send().finally(() => {
      this.#pumping = false;
    });
  }

  /**
   * The end: `text` is the whole reply, whatever was pushed.
   * @throws SlackRefusal, SlackUnreachable: then what is in the thread can be settled later, with what `onPosted` was told
   */
  async finish(text: string, blocks: Blocks): Promise<void> {
    this.#ending.abort();
    await this.#pump;
    if (!this.#unsure && text.startsWith(this.#sent)) {
      this.#rest = text.slice(this.#sent.length);
      await this.#sendAll(blocks);
    }
    if (this.#complete) return;
    const { web, place, limits, onPosted } = this.#options;
    await reconcileReply(text, blocks, { web, place, limits, posted: this.#posted, onPosted });
  }

  async #send(): Promise<void> {
    while (this.#rest.trim() !== "" && !this.#unsure) {
      const wait = this.#lastAppend + (this.#message?.interval ?? 0) - performance.now();
      const { signal } = this.#ending;
      if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      await this.#attempt(() => this.#append());
    }
  }

  /** All that is left, and what stands below it. */
  async #sendAll(blocks: Blocks): Promise<void> {
    while (!this.#unsure && this.#rest.trim() !== "") {
      const { piece } = nextPiece(this.#rest, this.#openBytes(), openFence(this.#sent));
      const last = piece.length === this.#rest.length;
      if (last && this.#message !== undefined) break;
      await this.#attempt(() => this.#append());
    }
    if (this.#unsure) return;
    await this.#attempt(async () => {
      if (this.#message !== undefined) await this.#close(this.#rest, blocks);
      // The last message was full to the brim.
      else if (blocks.length > 0) await this.#postBlocks(blocks);
      this.#complete = true;
    });
  }

  async #append(): Promise<void> {
    if (this.#message !== undefined && performance.now() - this.#since > this.#options.limits.stream) {
      await this.#leave();
    }
    const fence = openFence(this.#sent);
    const { piece, full } = nextPiece(this.#rest, this.#openBytes(), fence);
    if (piece !== "") {
      this.#lastAppend = performance.now();
      this.#message ??= this.#open();
      const isNew = this.#message.ts === undefined;
      await this.#message.append(isNew ? reopened(fence) + piece : piece);
      if (isNew) await this.#notePosted(this.#message.ts ?? "");
      this.#bytes += Buffer.byteLength(piece);
      this.#sent += piece;
      this.#rest = this.#rest.slice(piece.length);
    }
    if (full) await this.#leave();
  }

  /** Ends the message; the text goes on in the next. */
  #leave(): Promise<void> {
    return this.#close(closed(openFence(this.#sent), this.#sent), []);
  }

  #open(): ReplyMessage {
    this.#bytes = 0;
    this.#since = performance.now();
    return this.#streams ? streamedMessage(this.#options) : updatedMessage(this.#options);
  }

  #openBytes(): number {
    return this.#message === undefined ? 0 : this.#bytes;
  }

  async #close(text: string, blocks: Blocks): Promise<void> {
    await this.#message?.finish(text, blocks);
    this.#message = undefined;
  }

  async #postBlocks(blocks: Blocks): Promise<void> {
    const { web, place } = this.#options;
    await web.post(place.channel, place.threadTs, { text: "References", blocks });
  }

  #notePosted(ts: string): Promise<void> {
    this.#posted = [...this.#posted, ts];
    return this.#options.onPosted(this.#posted);
  }

  /** Makes the best of what Slack says; what cannot be known or fixed on the way is settled at the end. */
  async #attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof SlackRefusal || error instanceof SlackUnreachable)) throw error;
      const began = this.#message?.ts !== undefined;
      const refused = error instanceof SlackRefusal && !isTokenRefusal(error);
      if (refused && !began && this.#streams) {
        // Streams are not to be had here.
        this.#streams = false;
        this.#message = undefined;
      } else if (refused && began && error.code === "message_not_in_streaming_state") {
        // Slack has closed it by itself; what was to be added was not.
        this.#message = undefined;
      } else {
        this.#unsure = true;
        if (error instanceof SlackRefusal && error.isOfPlace) this.#options.onUnwelcome();
      }
    }
  }
}
