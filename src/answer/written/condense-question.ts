/** Makes a follow-up stand alone by a language model; what is not plainly the question is refused. */

import type { ChatModel } from "../../model/chat-model.ts";
import { complete, withinTime } from "../../model/complete.ts";
import type { Prompts } from "../../model/prompts.ts";
import type { Turn } from "../../question/follow-up.ts";
import { newFence } from "./fence.ts";
import { isCondensed } from "./is-condensed.ts";
import { unquoted } from "./unquoted.ts";

/** Milliseconds: the asker sees nothing meanwhile, and the rule is at hand. */
const TIMEOUT_MS = 5000;
/** Earlier questions that the model is shown. */
const TURNS = 4;
/** UTF-16 code units of an earlier answer that the model is shown. */
const ANSWER_LENGTH = 600;
export class QuestionCondenser {
  readonly #model: ChatModel;
  readonly #prompts: Prompts;
  readonly #timeoutMs: number;

  /** @param timeoutMs of the model; a longer one than this task's own is cut to that */
  constructor(model: ChatModel, prompts: Prompts, timeoutMs: number) {
    this.#model = model;
    this.#prompts = prompts;
    this.#timeoutMs = Math.min(TIMEOUT_MS, timeoutMs);
  }

  /**
   * The question as it reads without the conversation.
   * @param question no small talk
   * @param history not empty
   * @returns undefined when the model gave none that can be one
   * @throws ModelError; the reason of `signal` when that fired
   */
  async condense(
    question: string,
    history: readonly Turn[],
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const fence = newFence();
    const shown = history.slice(-TURNS);
    const told = shown.map(tell).join("\n\n");
    const messages = this.#prompts.fill("condense-question", {
      fence,
      history: told.replaceAll(fence, ""),
      question: question.replaceAll(fence, ""),
    });
    const said = await withinTime(this.#timeoutMs, signal, (limited) =>
      complete(this.#model, messages, limited),
    );
    const text = unquoted(said);
    const titles = shown.flatMap(({ papers }) => papers.map(({ title }) => title));
    return isCondensed(text, { question, history: told, titles }) ? text : undefined;
  }
}

function tell({ question, answer, papers }: Turn): string {
  const cited = papers.map(({ title }) => `“${title}”`).join(", ");
  const said = answer === undefined ? "" : `\nAnswer: ${answer.slice(0, ANSWER_LENGTH)}`;
  return `Question: ${question}${said}${cited === "" ? "" : `\nPapers: ${cited}`}`;
}
