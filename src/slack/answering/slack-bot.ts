import pLimit from "p-limit";
import type { SlackConfig } from "../../config/slack.ts";
import { Pacer } from "../../edge/pacer.ts";
import { AppError, fullMessage } from "../../errors.ts";
import { keyedQueue } from "../../util/queues.ts";
import { randomId } from "../../util/strings.ts";
import { settledWithin } from "../../util/waiting.ts";
import {
  type AcceptedQuestion,
  fromDelivery,
  type Place,
  QuestionGate,
  threadOf,
  toDelivery,
} from "../accepted-question.ts";
import { asBlocks } from "../messages/reply-message.ts";
import { escapeText } from "../messages/slack-text.ts";
import { isTokenRefusal, SlackRefusal, SlackUnreachable } from "../web/slack-fault.ts";
import { type AnswerContext, AnswerInThread, Unacknowledged } from "./answer-in-thread.ts";

/** A question as a listener hands it over. */
export interface AskedQuestion {
  /** Slack's names of this delivery and of the message: one that was seen before is no new question. */
  readonly keys: readonly string[];
  readonly place: Place;
  readonly question: string;
  /** Told where the question is empty; absent: how to ask. */
  readonly help?: string;
  readonly messageTs?: string | undefined;
  /** Tells the person alone; absent: in the channel. */
  readonly tell?: ((text: string) => Promise<unknown>) | undefined;
}

type Options = Omit<AnswerContext, "closing" | "pacer" | "unacknowledged"> & {
  readonly config: SlackConfig;
  /** Answers made at a time; 0: no limit. */
  readonly atOnce: number;
};

/** Milliseconds for an answer that was stopped to store what it has. */
const STOP_MS = 300;

/** Takes questions on, answers each once, in order within a thread, and sees to it that the answer arrives. */
export class SlackBot {
  /** Told by how events reach the bot, where that takes its time. */
  readonly unacknowledged = new Unacknowledged();
  readonly #options: Options;
  readonly #gate: QuestionGate;
  readonly #inThread = keyedQueue();
  readonly #pacer = new Pacer();
  readonly #atOnce;
  readonly #closing = new AbortController();
  readonly #working = new Map<AnswerInThread, Promise<void>>();
  /** Where questions are asked that are about to be kept, by the id of their answer. */
  readonly #taking = new Map<string, Place>();
  readonly #tells = new Map<string, AskedQuestion["tell"]>();
  #retry: NodeJS.Timeout | undefined;
  #retryDelay: number;

  constructor(options: Options) {
    this.#options = options;
    this.#gate = new QuestionGate(options.config);
    this.#atOnce = pLimit(options.atOnce === 0 ? Number.POSITIVE_INFINITY : options.atOnce);
    this.#retryDelay = options.limits.retryFirst;
  }

  isAllowed(channel: string): boolean {
    return this.#gate.isAllowed(channel);
  }

  /** Whether the bot answers in this thread already. */
  async knowsThread(place: Place): Promise<boolean> {
    const { threadTs } = place;
    if (threadTs === undefined) return false;
    const places = [
      ...this.#taking.values(),
      ...[...this.#working.keys()].map(({ accepted }) => accepted.place),
    ];
    const waits = places.some((other) => other.channel === place.channel && other.threadTs === threadTs);
    if (waits) return true;
    return (await this.#options.deliveries.conversationOf(threadOf(place, threadTs))) !== undefined;
  }

  /** Whether something of one of these names was taken within the hour. */
  async knows(...keys: readonly string[]): Promise<boolean> {
    const known = await Promise.all(keys.map((key) => this.#options.deliveries.knows(key)));
    return known.includes(true);
  }

  /** Remembers an action, so that it is not done again when Slack sends it again. @returns whether it is new */
  isNew(key: string): Promise<boolean> {
    return this.#options.deliveries.take([key]);
  }

  /**
   * Takes a question on: kept before this resolves, so that neither a crash nor Slack's next try loses or doubles it.
   * @returns whether it is new @throws AppError when it cannot be kept
   */
  async take(asked: AskedQuestion): Promise<boolean> {
    const messageId = randomId();
    // What is said below it in the same moment is a follow-up.
    this.#taking.set(messageId, asked.place);
    try {
      return await this.#take(messageId, asked);
    } finally {
      this.#taking.delete(messageId);
    }
  }

  async #take(
    messageId: string,
    { keys, place, question, help, messageTs, tell }: AskedQuestion,
  ): Promise<boolean> {
    const { deliveries } = this.#options;
    if (await this.knows(...keys)) return false;
    if (this.#closing.signal.aborted) return false;
    const refusal = this.#gate.refusal(place, question);
    if (refusal !== undefined || question === "") {
      await deliveries.take(keys);
      // In a thread that has no reply yet, Slack shows nobody what one person alone is told.
      const { threadTs, ...apart } = place;
      const said = refusal ?? help ?? this.#help();
      void Promise.resolve(said).then((text) =>
        this.#tell(threadTs === messageTs ? apart : place, text, tell),
      );
      return true;
    }
    const accepted: AcceptedQuestion = {
      place,
      question,
      ...(messageTs === undefined ? {} : { messageTs }),
      posted: [],
      begun: 0,
    };
    if (!(await deliveries.take(keys, toDelivery(messageId, accepted)))) return false;
    if (tell !== undefined) this.#tells.set(messageId, tell);
    this.#work(messageId, accepted);
    return true;
  }

  /** The message is gone, or asks something else now: what runs for it stops, what waits for Slack is dropped. */
  async cancel(channel: string, messageTs: string, why: "deleted" | "edited"): Promise<void> {
    const { deliveries } = this.#options;
    const asks = (accepted?: AcceptedQuestion) =>
      accepted?.place.channel === channel && accepted.messageTs === messageTs;
    const working = [...this.#working.keys()];
    for (const work of working) if (asks(work.accepted)) work.cancel(why);
    const held = new Set(working.map(({ messageId }) => messageId));
    for (const delivery of await deliveries.pending()) {
      if (!held.has(delivery.messageId) && asks(fromDelivery(delivery)))
        await deliveries.finish(delivery.messageId);
    }
  }

  /** Goes on with everything that is not in its thread yet: after a start, or when Slack is there again. */
  async recover(): Promise<void> {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    if (this.#closing.signal.aborted) return;
    try {
      await this.#workOnPending();
    } catch (error) {
      this.#options.logger.error({ err: error }, "what is still to be answered in Slack cannot be read");
      this.#retryLater();
    }
  }

  async #workOnPending(): Promise<void> {
    const { deliveries, logger } = this.#options;
    const inHand = () => [...this.#taking.keys(), ...[...this.#working.keys()].map((work) => work.messageId)];
    // What ends or begins while the store is read may be among what it says.
    const before = inHand();
    const pending = await deliveries.pending();
    if (this.#closing.signal.aborted) return;
    const held = new Set([...before, ...inHand()]);
    for (const delivery of pending) {
      if (held.has(delivery.messageId)) continue;
      const accepted = fromDelivery(delivery);
      if (accepted !== undefined) this.#work(delivery.messageId, accepted);
      else {
        logger.warn(
          { messageId: delivery.messageId },
          "a question from Slack cannot be read, and is dropped",
        );
        void deliveries.finish(delivery.messageId).catch(() => undefined); // It is dropped at the next start.
      }
    }
  }

  /** Takes no more; lets what runs finish for `graceMs`, then stops it: the next start goes on with it. */
  async close(graceMs: number): Promise<void> {
    const working = Promise.all(this.#working.values());
    if (!(await settledWithin(working, graceMs))) {
      this.#closing.abort();
      await settledWithin(working, STOP_MS);
    }
    this.#closing.abort();
    clearTimeout(this.#retry);
  }

  #work(messageId: string, accepted: AcceptedQuestion): void {
    const { unacknowledged } = this;
    const context = { ...this.#options, closing: this.#closing.signal, pacer: this.#pacer, unacknowledged };
    const work = new AnswerInThread(messageId, accepted, context);
    const { channel, threadTs } = accepted.place;
    const done = this.#inThread(`${channel} ${threadTs ?? messageId}`, () => this.#atOnce(() => work.run()))
      .then(
        () => {
          this.#retryDelay = this.#options.limits.retryFirst;
        },
        (error: unknown) => this.#failed(work, messageId, error),
      )
      .finally(() => {
        this.#working.delete(work);
        this.#tells.delete(messageId);
      })
      .catch((error: unknown) =>
        this.#options.logger.error({ messageId, err: error }, "a question from Slack cannot be put away"),
      );
    this.#working.set(work, done);
  }

  async #failed(work: AnswerInThread, messageId: string, error: unknown): Promise<void> {
    const { logger } = this.#options;
    const isBusy = error instanceof AppError && error.code === "busy";
    if (error instanceof SlackUnreachable || isTokenRefusal(error) || isBusy) {
      if (work.isCancelled) await work.forget();
      else this.#retryLater();
      return;
    }
    await work.forget();
    if (!(error instanceof SlackRefusal)) {
      logger.error({ messageId, err: error }, "a question from Slack failed");
      return;
    }
    logger.warn({ messageId, reason: error.message }, "an answer cannot be given in Slack");
    const tell = this.#tells.get(messageId);
    if (tell === undefined) return;
    const fix = error.isOfPlace
      ? "I am not in this channel: invite me, or send me a direct message."
      : error.message;
    this.#tell(work.accepted.place, fix, tell);
  }

  #retryLater(): void {
    if (this.#retry !== undefined || this.#closing.signal.aborted) return;
    this.#retry = setTimeout(() => void this.recover(), this.#retryDelay).unref();
    this.#retryDelay = Math.min(this.#retryDelay * 2, this.#options.limits.retryLongest);
  }

  async #help(): Promise<string> {
    try {
      const [example] = await this.#options.assistant.suggestions();
      if (example !== undefined) return `Ask me something about the papers, such as: ${escapeText(example)}`;
    } catch {
      // Nothing is indexed yet.
    }
    return "Ask me something about the papers.";
  }

  #tell(place: Place, text: string, tell: AskedQuestion["tell"]): void {
    const { web, logger } = this.#options;
    const told = tell === undefined ? web.postEphemeral(place, asBlocks(text)) : tell(text);
    told.catch((error) => logger.warn({ reason: fullMessage(error) }, "a person in Slack could not be told"));
  }
}
