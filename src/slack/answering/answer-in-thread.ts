import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Assistant, DeliveryStore } from "../../assistant/port.ts";
import type { Pace, Pacer } from "../../edge/pacer.ts";
import { AppError, toProblem } from "../../errors.ts";
import type { Answer, Message } from "../../protocol.ts";
import { anySignal } from "../../util/abort.ts";
import { randomId } from "../../util/strings.ts";
import { type AcceptedQuestion, ownerOf, type Place, threadOf, toDelivery } from "../accepted-question.ts";
import { answerBlocks } from "../messages/answer-blocks.ts";
import { Reply } from "../messages/reply.ts";
import { SlackMarkdown, slackMarkdown } from "../messages/slack-markdown.ts";
import { cutText, escapeText } from "../messages/slack-text.ts";
import type { SlackLimits } from "../slack-limits.ts";
import type { SlackWeb } from "../web/slack-web.ts";

export interface AnswerContext {
  readonly assistant: Assistant;
  readonly deliveries: DeliveryStore;
  readonly web: SlackWeb;
  readonly logger: Logger;
  readonly limits: SlackLimits;
  /** PUBLIC_URL. */
  readonly publicUrl: string | undefined;
  /** So that a crowd of answers leaves Slack's events their turn: each is to be acknowledged at once. */
  readonly pacer: Pacer;
  readonly unacknowledged: Unacknowledged;
  /** The bot closes: what is not finished is left for the next start. */
  readonly closing: AbortSignal;
}

/** How often an answer is begun at most, over crashes: a question that kills the process must not do so for ever. */
const MOST_BEGUN = 3;
const STATUS = "is reading the papers…";

/** One question on its way into its thread. */
export class AnswerInThread {
  readonly #context: AnswerContext;
  readonly #cancelled = new AbortController();
  readonly #stopped: AbortSignal;
  readonly #pace: Pace;
  #messageId: string;
  #accepted: AcceptedQuestion;

  constructor(messageId: string, accepted: AcceptedQuestion, context: AnswerContext) {
    this.#context = context;
    this.#messageId = messageId;
    this.#accepted = accepted;
    this.#pace = context.pacer.task();
    this.#stopped = anySignal(context.closing, this.#cancelled.signal);
  }

  get accepted(): AcceptedQuestion {
    return this.#accepted;
  }

  get messageId(): string {
    return this.#messageId;
  }

  get isCancelled(): boolean {
    return this.#cancelled.signal.aborted;
  }

  /** Its answer will not come into the thread. */
  forget(): Promise<void> {
    return this.#context.deliveries.finish(this.#messageId);
  }

  /** Nobody asks this any more: stops the answer, and what is written of it stays. @param why "edited" */
  cancel(why: string): void {
    this.#cancelled.abort(why);
  }

  /**
   * Brings the answer into the thread, from wherever it stands, and forgets the delivery.
   * @throws SlackRefusal (of the place, for good, or of the token), SlackUnreachable (to be done again later)
   */
  async run(): Promise<void> {
    const { closing, unacknowledged } = this.#context;
    await unacknowledged.none();
    await this.#pace();
    if (closing.aborted) return;
    if (!this.#cancelled.signal.aborted) {
      const place = await this.#threaded();
      const stored = await this.#stored();
      const { ending } = this.#accepted;
      if (ending !== undefined) await this.#reply(place).finish(ending, []);
      else if (stored?.answer !== undefined && stored.cut === undefined)
        await this.#deliver(place, stored.answer);
      else await this.#ask(place, stored);
    }
    if (!closing.aborted) await this.forget();
  }

  /** A question without a message of its own gets one, which opens the thread. */
  async #threaded(): Promise<Place & { threadTs: string }> {
    const { place, question } = this.#accepted;
    if (place.threadTs !== undefined) return { ...place, threadTs: place.threadTs };
    const asked = `<@${place.user}> asks: ${escapeText(question)}`;
    const threadTs = await this.#context.web.post(place.channel, undefined, {
      text: cutText(asked, 300),
      blocks: [{ type: "section", text: { type: "mrkdwn", text: cutText(asked, 2900) } }],
    });
    await this.#keep({ place: { ...place, threadTs } });
    return { ...place, threadTs };
  }

  async #stored(): Promise<Message | undefined> {
    try {
      return await this.#context.assistant.conversations.message(
        ownerOf(this.#accepted.place),
        this.#messageId,
      );
    } catch (error) {
      if (error instanceof AppError && error.code === "not_found") return undefined;
      throw error;
    }
  }

  /** @param cut what an earlier time has left of the answer */
  async #ask(place: Place & { threadTs: string }, cut: Message | undefined): Promise<void> {
    const { logger, web } = this.#context;
    const reply = this.#reply(place);
    if (this.#accepted.begun >= MOST_BEGUN) {
      logger.error(
        { messageId: this.#messageId },
        "a question from Slack was given up: it ended the process",
      );
      return this.#end(reply, "This question could not be answered, even in several tries.");
    }
    web.setStatus(place, STATUS).catch(() => {}); // Nothing hangs on it.
    await this.#indexed();
    if (this.#stopped.aborted) return;
    await this.#begin(cut);
    let answer: Answer | undefined;
    try {
      answer = await this.#stream(place, reply, cut?.parentId);
    } catch (error) {
      if (this.#context.closing.aborted) return;
      const { code, message } = toProblem(error).error;
      // Another program holds the database: to be done again later.
      if (code === "busy") throw error;
      if (code === "internal") logger.error({ messageId: this.#messageId, err: error }, "answer failed");
      return this.#end(reply, escapeText(message));
    }
    if (this.#context.closing.aborted) return;
    await this.#finish(reply, answer);
  }

  /** Resolves when there are papers to answer from, or when nobody waits for it any more. */
  async #indexed(): Promise<void> {
    const { assistant, limits } = this.#context;
    const signal = this.#stopped;
    while (!signal.aborted && assistant.readiness().status !== "ready") {
      await sleep(limits.retryFirst, undefined, { signal }).catch(() => {});
    }
  }

  /** An answer that was cut is begun again, beside it: a message that is there keeps its id. */
  async #begin(cut: Message | undefined): Promise<void> {
    const before = this.#messageId;
    if (cut !== undefined) this.#messageId = randomId();
    await this.#keep({ begun: this.#accepted.begun + 1 }, before);
  }

  async #stream(place: Place & { threadTs: string }, reply: Reply, parentId?: string): Promise<Answer> {
    const { deliveries } = this.#context;
    const thread = threadOf(place, place.threadTs);
    const conversationId = await deliveries.conversationOf(thread);
    try {
      return await this.#events(reply, thread, conversationId, parentId);
    } catch (error) {
      const gone = error instanceof AppError && error.code === "not_found";
      if (!gone || conversationId === undefined) throw error;
      // The conversation was deleted on the web: the thread goes on in a new one.
      return await this.#events(reply, thread);
    }
  }

  async #events(reply: Reply, thread: string, conversationId?: string, parentId?: string): Promise<Answer> {
    const { assistant, deliveries, limits } = this.#context;
    const { place, question } = this.#accepted;
    const markdown = new SlackMarkdown();
    const events = assistant.ask({
      ...{ owner: ownerOf(place), messageId: this.#messageId, question },
      ...(conversationId === undefined ? {} : { conversationId }),
      ...(conversationId === undefined || parentId === undefined ? {} : { parentId }),
      signal: anySignal(this.#stopped, AbortSignal.timeout(limits.answer)),
    });
    for await (const event of events) {
      if (event.type === "start") {
        await deliveries.linkThread(thread, event.conversationId);
        await this.#keep({ conversationId: event.conversationId });
      } else if (event.type === "delta") reply.push(markdown.push(event.text));
      else if (event.type === "done" || event.type === "aborted") return event.answer;
      else if (event.type === "error") throw new AppError(event.code, event.message);
      // Passing words on is no work.
      if (event.type !== "delta" && event.type !== "citation") await this.#pace();
    }
    throw new AppError("internal", `Answer ${this.#messageId} ended without its last event`);
  }

  async #finish(reply: Reply, answer: Answer): Promise<void> {
    const text = slackMarkdown(answer.text);
    if (answer.cut === undefined) return reply.finish(text, this.#blocks(answer));
    const { aborted, reason } = this.#cancelled.signal;
    const why = aborted ? `the question was ${reason}` : "it took too long";
    await this.#end(reply, `${text}${text === "" ? "" : "\n\n"}_Stopped: ${why}._`);
  }

  /** The last word, kept until Slack has it: nothing is asked again for want of Slack. */
  async #end(reply: Reply, ending: string): Promise<void> {
    await this.#keep({ ending });
    await reply.finish(ending, []);
  }

  /** What is finished in the store alone. */
  async #deliver(place: Place & { threadTs: string }, answer: Answer): Promise<void> {
    await this.#reply(place).finish(slackMarkdown(answer.text), this.#blocks(answer));
  }

  #blocks(answer: Answer) {
    const { publicUrl } = this.#context;
    const path = `/c/${encodeURIComponent(answer.conversationId)}#${encodeURIComponent(answer.messageId)}`;
    return answerBlocks(answer, publicUrl === undefined ? undefined : `${publicUrl}${path}`);
  }

  #reply(place: Place & { threadTs: string }): Reply {
    const { web, limits } = this.#context;
    const { posted } = this.#accepted;
    const onPosted = (all: readonly string[]) => this.#keep({ posted: [...all] });
    // What nobody will read need not be written to its end.
    const onUnwelcome = () => this.cancel("refused");
    return new Reply({ web, limits, place, posted, onPosted, onUnwelcome });
  }

  #keep(change: Partial<AcceptedQuestion>, under: string = this.#messageId): Promise<void> {
    this.#accepted = { ...this.#accepted, ...change };
    return this.#context.deliveries.update(under, toDelivery(this.#messageId, this.#accepted));
  }
}

/** Milliseconds that work waits for requests to be acknowledged at most: fifty at once take some 70. */
const LONGEST_WAIT_MS = 400;

/**
 * Requests that are not acknowledged yet. Work on answers waits for them: each of its pieces would hold up all of them
 * (measured with 50 at once on two busy cores: 990 ms to the last acknowledgement, against 170).
 */
export class Unacknowledged {
  #open = 0;
  #waiting: (() => void)[] = [];

  begin(): void {
    this.#open += 1;
  }

  end(): void {
    this.#open -= 1;
    if (this.#open > 0) return;
    for (const resume of this.#waiting.splice(0)) resume();
  }

  /** Resolves when there is none. */
  async none(): Promise<void> {
    if (this.#open === 0) return;
    const controller = new AbortController();
    const none = new Promise<void>((resolve) => this.#waiting.push(resolve));
    await Promise.race([none, sleep(LONGEST_WAIT_MS, undefined, controller).catch(() => {})]);
    controller.abort();
  }
}
