/** The request to the model for one answer: which prompt, and the sources that fit. */

import type { ChatMessage } from "../../model/chat-model.ts";
import type { PromptName, Prompts } from "../../model/prompts.ts";
import type { Source } from "../../protocol.ts";
import { estimateTokens } from "../../util/strings.ts";
import type { AnswerRequest } from "../answerer.ts";
import { sourceTexts } from "./source-texts.ts";

export interface TokenLimits {
  /** Tokens of prompt and answer together. */
  readonly contextTokens: number;
  /** Of these, kept for the answer. */
  readonly maxTokens: number;
}

/** Share of the window that sources get at least, where LLM_MAX_TOKENS would leave them less. */
const LEAST_SHARE = 0.3;

export interface AnswerMessages {
  readonly messages: ChatMessage[];
  /** Markers of the sources that the model was shown: no other may be cited. */
  readonly markers: ReadonlySet<number>;
}

/** @param fence opaque, new for each request */
export function answerMessages(
  request: AnswerRequest,
  prompts: Prompts,
  limits: TokenLimits,
  fence: string,
): AnswerMessages {
  const name = promptFor(request);
  // A model reads what is pasted too; of so long a message little is left to an earlier one.
  const question = unfenced(request.whole ?? request.standalone.text, fence);
  const empty = prompts.fill(name, { fence, question, sources: "" });
  const prompt = empty.reduce((sum, { content }) => sum + estimateTokens(content), 0);
  const { contextTokens, maxTokens } = limits;
  const budget = Math.max(contextTokens - maxTokens - prompt, contextTokens * LEAST_SHARE);
  const texts = sourceTexts(request.sources, request.paper, budget);
  const sources = request.sources
    .flatMap((source) => {
      const text = texts.get(source.marker);
      return text === undefined ? [] : [block(source, text, fence)];
    })
    .join("\n");
  return { messages: prompts.fill(name, { fence, question, sources }), markers: new Set(texts.keys()) };
}

function promptFor({
  task,
  standalone,
  sources,
}: AnswerRequest): PromptName & ("answer" | "compare" | "summarize") {
  if (task === "summary") return "summarize";
  return sources.length > 1 && standalone.says("comparison") ? "compare" : "answer";
}

function block({ marker, paper: { title, year } }: Source, text: string, fence: string): string {
  const head = `[${marker}] ${title}${year === undefined ? "" : ` (${year})`}`;
  return `<${fence} n="${marker}">\n${unfenced(`${head}\n${text}`, fence)}\n</${fence}>`;
}

/** Without the fence's name, should a text hold it all the same. */
function unfenced(text: string, fence: string): string {
  return text.replaceAll(fence, "");
}
