import type { Logger } from "pino";
import type { AskRequest, Assistant } from "../../assistant/port.ts";
import type { Pacer } from "../../edge/pacer.ts";
import { AppError } from "../../errors.ts";
import type { AnswerEvent, AskBody } from "../../protocol.ts";
import { randomId } from "../../util/strings.ts";
import { settledWithin } from "../../util/waiting.ts";
import { withoutUndefined } from "../../util/without-undefined.ts";
import { ownerFor, type Principal } from "../guard/identity.ts";
import type { ServerMetrics } from "../metrics/server-metrics.ts";
import type { ServerLimits } from "../server-limits.ts";
import type { Admit, Ticket } from "./admission.ts";
import { AnswerRun, type RunOutcome } from "./answer-run.ts";

/** What stopped answers get, as a share of the grace and in milliseconds at least, to store what they wrote. */
const SETTLE_SHARE = 0.2;
const SETTLE_LEAST_MS = 300;

interface Options {
  readonly assistant: Assistant;
  readonly logger: Logger;
  readonly limits: ServerLimits;
  readonly admit: Admit;
  readonly pacer: Pacer;
  readonly metrics: ServerMetrics;
  readonly newId?: () => string;
}

/** The answers of all transports: those that run, and those that ended so lately that they can be resumed. */
export class AnswerRuns {
  readonly #options: Options;
  readonly #byMessage = new Map<string, AnswerRun>();
  readonly #byRequest = new Map<string, AnswerRun>();
  /** Ended, oldest first, each with the timer that forgets it. */
  readonly #ended = new Map<AnswerRun, NodeJS.Timeout>();
  #closing = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * Starts an answer, or puts it in line; gives the one there is, which counts for no limit, when this owner has asked
   * with the same `requestId` before.
   * @throws AppError rate_limited; indexing (503) while the server shuts down. What `ask` throws comes with the run's
   * `started`.
   */
  start(principal: Principal, body: AskBody & Pick<AskRequest, "history">, requestId?: string): AnswerRun {
    const { owner } = principal;
    const known = requestId === undefined ? undefined : this.#byRequest.get(requestKey(owner, requestId));
    if (known !== undefined) return known;
    if (this.#closing) {
      throw new AppError("indexing", "The server is shutting down: ask again in a moment", { retryAfter: 1 });
    }
    const { assistant, logger, limits, admit, pacer, newId = randomId } = this.#options;
    const ticket = admit(principal);
    const messageId = newId();
    // As limits count.
    const who = `${owner} ${principal.address}`;
    const open = async (signal: AbortSignal) => {
      const whose = await ownerFor(principal, body.conversationId, assistant.conversations);
      return assistant.ask({ ...body, owner: whose, messageId, signal });
    };
    const run = new AnswerRun({
      owner,
      messageId,
      requestId,
      limits,
      ask: (signal) => paced(() => open(signal), { who, ticket, pacer, signal }),
      onError: (err) => logger.error({ messageId, err }, "answer failed"),
    });
    this.#keep(run, principal, ticket);
    return run;
  }

  /** @throws AppError not_found, resume_unavailable when its frames are gone but the message is there */
  async find(owner: string, messageId: string): Promise<AnswerRun> {
    const run = this.#byMessage.get(messageId);
    if (run?.owner === owner) return run;
    await this.#options.assistant.conversations.message(owner, messageId);
    throw new AppError(
      "resume_unavailable",
      `The frames of message "${messageId}" are not kept any more: fetch it from /api/messages/${messageId}`,
    );
  }

  /** Stops an answer that runs; one that has ended stays as it is. @throws AppError not_found */
  async cancel(owner: string, messageId: string): Promise<void> {
    const run = this.#byMessage.get(messageId);
    if (run?.owner === owner) run.cancel();
    else await this.#options.assistant.conversations.message(owner, messageId);
  }

  /** Takes no more asks, lets what runs finish for `graceMs`, then stops it and lets it store what was written. */
  async close(graceMs: number): Promise<void> {
    this.#closing = true;
    const running = [...this.#byMessage.values()].filter((run) => !run.over);
    const ended = Promise.all(running.map((run) => run.ended));
    if (!(await settledWithin(ended, graceMs))) {
      for (const run of running) run.cancel();
      await settledWithin(ended, Math.max(SETTLE_LEAST_MS, graceMs * SETTLE_SHARE));
    }
    for (const timer of this.#ended.values()) clearTimeout(timer);
  }

  #keep(run: AnswerRun, principal: Principal, ticket: Ticket): void {
    const { limits } = this.#options;
    const begun = performance.now();
    this.#byMessage.set(run.messageId, run);
    if (run.requestId !== undefined) this.#byRequest.set(requestKey(run.owner, run.requestId), run);
    void run.ended.then((outcome) => {
      // However it ended, also when the assistant never let go of it.
      ticket.leave();
      const { waitedMs } = ticket;
      reportAnswer({ run, principal, outcome, ms: performance.now() - begun, waitedMs }, this.#options);
      if (outcome === "refused") return this.#forget(run);
      this.#ended.set(run, setTimeout(() => this.#forget(run), limits.resume).unref());
      const oldest = this.#ended.keys().next().value;
      if (this.#ended.size > limits.finishedRuns && oldest !== undefined) this.#forget(oldest);
    });
  }

  #forget(run: AnswerRun): void {
    clearTimeout(this.#ended.get(run));
    this.#ended.delete(run);
    this.#byMessage.delete(run.messageId);
    if (run.requestId !== undefined) this.#byRequest.delete(requestKey(run.owner, run.requestId));
  }
}

/** A requestId holds no space, so no two pairs have the same key. */
function requestKey(owner: string, requestId: string): string {
  return `${requestId} ${owner}`;
}

interface Turns {
  /** Whom it is made for: those take turns. */
  readonly who: string;
  readonly ticket: Ticket;
  readonly pacer: Pacer;
  readonly signal: AbortSignal;
}

/**
 * The events of an answer, the first at once and the others when its turn has come, paced. With the first the question
 * is stored and its asker knows what to cancel or resume; the work comes after it. When `signal` aborts the wait is
 * over: an answer that was stopped has little left to do.
 */
async function* paced(
  open: () => Promise<AsyncGenerator<AnswerEvent, void>>,
  { who, ticket, pacer, signal }: Turns,
): AsyncGenerator<AnswerEvent, void> {
  await pacer.piece();
  const events = await open();
  try {
    const first = await events.next();
    if (first.done) return;
    yield first.value;
    await ticket.turn(signal);
    const pace = pacer.task(who);
    await pace();
    for await (const event of events) {
      yield event;
      // Passing words on is no work: a hundred streams would only wait for each other.
      if (event.type !== "delta" && event.type !== "citation") await pace();
    }
  } finally {
    await events.return();
  }
}

interface Facts {
  readonly run: AnswerRun;
  readonly principal: Principal;
  readonly outcome: RunOutcome;
  /** Milliseconds, from the question on; and of these, in line. */
  readonly ms: number;
  readonly waitedMs: number;
}

/** One line in the log and a count for an ask that has ended: who, when and how, never what about. */
function reportAnswer(facts: Facts, { logger, metrics }: { logger: Logger; metrics: ServerMetrics }) {
  const { run, principal, outcome, ms, waitedMs } = facts;
  const frame = run.lastFrame;
  const line = withoutUndefined({
    connectionId: principal.connectionId,
    requestId: run.requestId ?? principal.requestId,
    messageId: run.messageId,
    owner: principal.owner,
    outcome,
    code: run.failure,
    frames: run.lastSeq,
    ms: Math.round(ms),
    waitedMs: Math.round(waitedMs),
  });
  logger.info(line, "answer");
  metrics.asks.increment({ outcome });
  if (frame?.type !== "done") return;
  metrics.observe(frame.answer.timings, waitedMs);
  metrics.count(frame.answer);
}
