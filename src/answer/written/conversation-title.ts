/** The title of a conversation by a language model. */
import type { ChatModel } from "../../model/chat-model.ts";
import { complete, withinTime } from "../../model/complete.ts";
import type { Prompts } from "../../model/prompts.ts";
import { newFence } from "./answer-messages.ts";

/** Milliseconds; nobody waits for it. */
const TIMEOUT_MS = 15_000;
/** UTF-16 code units. */
const LONGEST = 80;
const ANSWER_LENGTH = 600;
/** A title is plain text: no tags, and no notes of an answer that it is shown without. */
const MARKUP = /<\/?[a-z][^<>]*>|(?<!\s)\s*\[\d+\]/gi;
/** What models put around a title though they were asked not to. */
const WRAPPING = /^(?:title:\s*)?["'“”‘’*#\s]+|(?<!["'“”‘’*\s.])["'“”‘’*\s.]+$|^title:\s*/gi;

/**
 * @returns undefined when the model gave nothing that can be a title
 * @throws ModelError; the reason of `signal` when that fired
 */
export async function conversationTitle(
  model: ChatModel,
  prompts: Prompts,
  { question, answer }: { readonly question: string; readonly answer: string },
  signal?: AbortSignal,
): Promise<string | undefined> {
  const fence = newFence();
  const messages = prompts.fill("title", {
    fence,
    question: question.replaceAll(fence, ""),
    answer: answer.slice(0, ANSWER_LENGTH).replaceAll(fence, ""),
  });
  const text = await withinTime(TIMEOUT_MS, signal, (limited) => complete(model, messages, limited));
  const title = text.replace(MARKUP, "").trim().replace(WRAPPING, "");
  const fits = !title.includes("\n") && title.length <= LONGEST && /[\p{L}\p{N}]/u.test(title);
  return fits ? title : undefined;
}
