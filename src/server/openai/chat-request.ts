/** A request as OpenAI's clients send it: a list of messages, of which the last of the user is the question. */
import { z } from "zod";
import type { GivenTurn } from "../../assistant/port.ts";
import { AppError } from "../../errors.ts";
import { MAX_QUESTION_LENGTH } from "../../protocol.ts";
import { unescapeMarkdown } from "../../util/strings.ts";

/** Messages, and letters of one: a long talk with long answers. What is behind the history is not read anyway. */
const MOST_MESSAGES = 1000;
const MOST_LETTERS = 400_000;
/** Turns of the history that are read, the newest. */
const MOST_TURNS = 6;

const Part = z.object({ type: z.string().max(100), text: z.string().max(MOST_LETTERS).optional() });
const Message = z.object({
  role: z.enum(["system", "developer", "user", "assistant", "tool", "function"]),
  content: z.union([z.string().max(MOST_LETTERS), z.array(Part).max(1000)]).nullish(),
});
type Message = z.infer<typeof Message>;

/** Members that say how a model is to write, such as `temperature`, are taken and say nothing here. */
export const ChatCompletionBody = z.object({
  model: z.string().max(200).nullish(),
  messages: z.array(Message).min(1).max(MOST_MESSAGES),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.int().nullish(),
  stop: z.union([z.string().max(1000), z.array(z.string().max(1000)).max(4)]).nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
});
export type ChatCompletionBody = z.infer<typeof ChatCompletionBody>;

export interface ChatRequest {
  readonly question: string;
  readonly history: readonly GivenTurn[];
  readonly stop: readonly string[];
  readonly maxTokens: number | undefined;
}

/** @throws AppError bad_request for what has no question, or asks for what is not given */
export function readChat(body: ChatCompletionBody): ChatRequest {
  if ((body.n ?? 1) !== 1)
    throw new AppError("bad_request", `n is ${body.n}: one answer is given`, { field: "n" });
  const at = body.messages.findLastIndex(({ role }) => role === "user");
  const question = textOf(body.messages[at]).trim();
  if (question === "") {
    const fix = "the last message of the user is the question, in text";
    throw new AppError("bad_request", `messages hold no question: ${fix}`, { field: "messages" });
  }
  if (question.length > MAX_QUESTION_LENGTH) {
    throw new AppError(
      "bad_request",
      `The question has ${question.length} characters: at most ${MAX_QUESTION_LENGTH} are read`,
      { field: "messages" },
    );
  }
  return {
    question,
    history: turnsIn(body.messages.slice(0, at)),
    stop: [body.stop ?? []].flat().filter((each) => each !== ""),
    maxTokens: body.max_completion_tokens ?? body.max_tokens ?? undefined,
  };
}

function textOf(message: Message | undefined): string {
  const content = message?.content ?? "";
  if (typeof content === "string") return content;
  return content
    .flatMap(({ type, text }) => (type === "text" && text !== undefined ? [text] : []))
    .join("\n");
}

function turnsIn(messages: readonly Message[]): GivenTurn[] {
  return messages
    .flatMap((message, at): GivenTurn[] => {
      const next = messages[at + 1];
      if (message.role !== "user" || next?.role !== "assistant") return [];
      const { text, sources } = withoutReferences(textOf(next));
      const papers = sources.map(({ title }) => ({ title }));
      return [{ question: textOf(message).slice(0, MAX_QUESTION_LENGTH), papers, sources, answer: text }];
    })
    .slice(-MOST_TURNS);
}

export const REFERENCES = "**References**";
const REFERENCE = /^\[(\d{1,4})\] \*((?:[^*\\\n]|\\.){1,1200})\*/;

/** Of an answer of ours that a client sends back: its text, and the sources whose list stands below it. */
function withoutReferences(answer: string): { text: string; sources: { marker: number; title: string }[] } {
  const at = answer.lastIndexOf(`\n${REFERENCES}`);
  if (at < 0) return { text: answer, sources: [] };
  const sources = answer
    .slice(at)
    .split("\n")
    .flatMap((line) => {
      const [, marker, title] = REFERENCE.exec(line) ?? [];
      return title === undefined ? [] : [{ marker: Number(marker), title: unescapeMarkdown(title) }];
    });
  return { text: answer.slice(0, at).trimEnd(), sources };
}
