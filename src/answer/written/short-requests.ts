/** What else a language model is asked: to make a follow-up stand alone, to name a conversation. */
import type { ChatModel } from "../../model/chat-model.ts";
import { complete, withinTime } from "../../model/complete.ts";
import type { Prompts } from "../../model/prompts.ts";
import type { Turn } from "../../question/reading/follow-up.ts";
import { terms } from "../../text/terms.ts";
import { newFence } from "./answer-messages.ts";

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

/** Times the question's length; a shorter one counts as this many code units: "Why?" may well become a long question. */
const MOST_TIMES = 10;
const SHORT = 20;
/** Share of the terms, titles aside, that have to come from the conversation. */
const KNOWN_TERMS = 0.5;
/** Scripts that questions are asked in. */
const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Han}/u,
  /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
  /\p{Script=Hangul}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Devanagari}/u,
  /\p{Script=Thai}/u,
];

interface Told {
  /** The question that was condensed. */
  readonly question: string;
  /** All of the conversation that the model was shown. */
  readonly history: string;
  readonly titles: readonly string[];
}

/**
 * Whether what a model made of a question can be that question: one line, not too long, in the scripts and mostly in the
 * words of the conversation. An answer, an apology or another language brings words of its own; titles, which are the
 * same in all of those, tell nothing and are left out.
 */
export function isCondensed(text: string, { question, history, titles }: Told): boolean {
  if (text === "" || text.includes("\n")) return false;
  if (text.length > MOST_TIMES * Math.max(SHORT, question.length)) return false;
  const told = `${history}\n${question}`;
  if (SCRIPTS.some((script) => script.test(text) && !script.test(told))) return false;
  const known = new Set(terms(told));
  const own = terms(titles.reduce((rest, title) => rest.replaceAll(title, " "), text));
  const shared = own.filter((term) => known.has(term)).length;
  return shared >= KNOWN_TERMS * own.length;
}

const WRAPPED = /^(?:"([^"]+)"|“([^“”]+)”|«\s?([^«»]+?)\s?»|„([^„“”]+)[“”]|'([^']+)'|‘([^‘’]+)’|`([^`]+)`)$/u;

/** Without the quotation marks around the whole, which models put there though they are asked not to. */
export function unquoted(text: string): string {
  return (
    WRAPPED.exec(text)
      ?.slice(1)
      .find((inner) => inner !== undefined) ?? text
  );
}

// The title of a conversation by a language model.

/** Milliseconds; nobody waits for it. */
const TITLE_TIMEOUT_MS = 15_000;
/** UTF-16 code units. */
const LONGEST_TITLE = 80;
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
  const text = await withinTime(TITLE_TIMEOUT_MS, signal, (limited) => complete(model, messages, limited));
  const title = text.replace(MARKUP, "").trim().replace(WRAPPING, "");
  const fits = !title.includes("\n") && title.length <= LONGEST_TITLE && /[\p{L}\p{N}]/u.test(title);
  return fits ? title : undefined;
}
