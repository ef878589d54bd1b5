import type { AnswerPart, ComposedAnswer } from "./answerer.ts";

/** The answer at its end, its parts unseen. */
export async function wholeAnswer(
  parts: AsyncGenerator<AnswerPart, ComposedAnswer>,
): Promise<ComposedAnswer> {
  let part = await parts.next();
  while (!part.done) part = await parts.next();
  return part.value;
}
