import { ROOT } from "../../src/protocol/limits.ts";
import type { Message } from "../../src/protocol.ts";
import type { ScopedPapers } from "./scoped-papers.ts";

/** A message as the page holds it. */
export interface HeldMessage extends Message {
  /** The papers that an answer was asked of, where they were named. */
  readonly scoped?: ScopedPapers | undefined;
  /** It was stopped on this page, by its user. */
  readonly isStopped?: true;
}

/** A question with its answer, as it stands in the branch of the conversation that is shown. */
export interface Turn {
  readonly question: Message;
  readonly answer: HeldMessage | undefined;
  /** Ids of the question and its other versions, oldest first. */
  readonly versions: readonly string[];
  /** Ids of the answers to this question, oldest first. */
  readonly answers: readonly string[];
}

/** Which child of a message is shown, by the message's id; absent: the newest. `ROOT` stands for no message. */
export type Choices = Readonly<Record<string, string>>;

export const parentKey = (message: Message): string => message.parentId ?? ROOT;

/** The shown branch of a conversation whose messages are a tree, from its root on. */
export function threadOf(messages: readonly HeldMessage[], choices: Choices): Turn[] {
  const children = new Map<string, HeldMessage[]>();
  for (const message of messages) {
    const siblings = children.get(parentKey(message));
    if (siblings === undefined) children.set(parentKey(message), [message]);
    else siblings.push(message);
  }
  const pick = (key: string): HeldMessage | undefined => {
    const all = children.get(key) ?? [];
    return all.find(({ id }) => id === choices[key]) ?? all.at(-1);
  };
  const ids = (key: string) => (children.get(key) ?? []).map(({ id }) => id);
  const turns: Turn[] = [];
  let key: string | undefined = ROOT;
  while (key !== undefined) {
    const question = pick(key);
    if (question === undefined) break;
    const answer = pick(question.id);
    turns.push({ question, answer, versions: ids(key), answers: ids(question.id) });
    key = answer?.id;
  }
  return turns;
}

/** The choices that bring a message into view. */
export function choicesTo(messages: readonly Message[], messageId: string): Choices {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const choices: Record<string, string> = {};
  for (let at = byId.get(messageId); at !== undefined; at = byId.get(at.parentId ?? "")) {
    choices[parentKey(at)] = at.id;
  }
  return choices;
}
