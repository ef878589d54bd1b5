/**
 * Where a question stands in its conversation, stored before it is answered, and with it its answer, marked as cut until
 * it is finished: a crash then loses no question, and leaves the mark by itself.
 */
import { AppError } from "../../errors.ts";
import { type Message, ROOT } from "../../protocol.ts";
import type { ConversationStore, NewMessage } from "../../store/conversations/conversation-store.ts";
import { randomId } from "../../util/strings.ts";
import type { AskRequest } from "../port.ts";

/** Characters of a title made from the question. */
const TITLE_LENGTH = 80;

export interface AppendedQuestion {
  readonly conversationId: string;
  /** The question's message, under which the answer is to stand. */
  readonly questionId: string;
}

/**
 * Opens the conversation if there is none, and appends the question and its empty answer. `parentId` names the message it stands under:
 * absent, the newest of the conversation; `ROOT`, none; an answer, for a next or an edited question; a question with the same text,
 * to have it answered again: then the new answer becomes a sibling of the old one, and no question is appended.
 * @throws AppError not_found (conversation or parent), bad_request (a parent that fits neither case), conflict (the
 * messageId exists), busy (another program holds the database)
 */
export async function appendQuestion(
  request: AskRequest,
  conversations: ConversationStore,
): Promise<AppendedQuestion> {
  const { owner, question, signal } = request;
  if (request.conversationId === undefined && request.parentId !== undefined) {
    throw new AppError("bad_request", "parentId names a message: give its conversationId too", {
      field: "parentId",
    });
  }
  const asked = { id: randomId(), role: "user" as const, text: question };
  const { conversationId } = request;
  if (conversationId === undefined) {
    const messages = [asked, emptyAnswer(request, asked.id)];
    const opened = await conversations.create(owner, titleOf(question), messages, { signal });
    return { conversationId: opened.id, questionId: asked.id };
  }
  const parent = await parentOf(request, conversations, conversationId);
  if (parent?.role === "user" && request.parentId !== undefined) {
    if (parent.text === question) {
      await conversations.append(owner, conversationId, [emptyAnswer(request, parent.id)], { signal });
      return { conversationId, questionId: parent.id };
    }
    throw new AppError(
      "bad_request",
      "parentId names another question: give the message before it to edit it",
      {
        field: "parentId",
      },
    );
  }
  const messages = [{ ...asked, parentId: parent?.id }, emptyAnswer(request, asked.id)];
  await conversations.append(owner, conversationId, messages, { signal });
  return { conversationId, questionId: asked.id };
}

function emptyAnswer({ messageId }: AskRequest, parentId: string): NewMessage {
  return { id: messageId, parentId, role: "assistant", text: "", cut: true };
}

async function parentOf(
  { owner, parentId }: AskRequest,
  conversations: ConversationStore,
  conversationId: string,
): Promise<Message | undefined> {
  if (parentId === ROOT) return undefined;
  if (parentId === undefined) return conversations.latest(owner, conversationId);
  const found = await conversations.message(owner, parentId);
  if (found.conversationId === conversationId) return found.message;
  throw new AppError("not_found", `parentId "${parentId}" is not a message of this conversation`, {
    field: "parentId",
  });
}

function titleOf(question: string): string {
  const line = question.trim().replace(/\s+/g, " ");
  return line.length <= TITLE_LENGTH ? line : `${line.slice(0, TITLE_LENGTH - 1).trimEnd()}…`;
}
