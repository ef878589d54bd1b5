import type { AnswerEvent } from "../../protocol.ts";
import type { Pacer } from "../../util/pacer.ts";
import type { QueuePlace } from "./queue-place.ts";

interface Options {
  /** Whom it is made for: those take turns. */
  readonly who: string;
  readonly place: QueuePlace;
  readonly pacer: Pacer;
  readonly signal: AbortSignal;
}

/**
 * The events of an answer, the first at once and the others when its turn has come, paced. With the first the question
 * is stored and its asker knows what to cancel or resume; the work comes after it. When `signal` aborts the wait is
 * over: an answer that was stopped has little left to do.
 */
export async function* inTurn(
  events: AsyncGenerator<AnswerEvent, void>,
  { who, place, pacer, signal }: Options,
): AsyncGenerator<AnswerEvent, void> {
  try {
    await pacer.piece();
    const first = await events.next();
    if (first.done) return;
    yield first.value;
    await place.turn(signal);
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
