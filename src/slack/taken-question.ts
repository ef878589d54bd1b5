import { z } from "zod";
import type { Delivery } from "../assistant/port.ts";
import { Place } from "./place.ts";

/** A question that was taken on, as it is kept until its answer is in the thread. */
export const TakenQuestion = z.object({
  place: Place,
  question: z.string(),
  /** The message that asks it, if one does. */
  messageTs: z.string().optional(),
  /** From when its answer was begun. */
  conversationId: z.string().optional(),
  /** Messages of its answer that are in the thread. */
  posted: z.array(z.string()),
  /** What ends the reply where there is no whole answer: why not, in Slack's Markdown. */
  ending: z.string().optional(),
  /** How often its answer was begun: more than once only if the process ended in between. */
  begun: z.int(),
});
export type TakenQuestion = z.infer<typeof TakenQuestion>;

export function toDelivery(messageId: string, taken: TakenQuestion): Delivery {
  return { messageId, content: JSON.stringify(taken) };
}

/** Undefined for what no version of this bot has written. */
export function fromDelivery({ content }: Delivery): TakenQuestion | undefined {
  const result = TakenQuestion.safeParse(JSON.parse(content));
  return result.success ? result.data : undefined;
}
