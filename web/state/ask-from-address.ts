import { MAX_QUESTION_LENGTH } from "../../src/protocol/limits.ts";
import { navigate } from "../router/navigate.ts";
import { chatPath, parseRoute } from "../router/route.ts";
import { fresh } from "./chats.ts";

/** Asks what the address brings, `/?q=…`, as a browser's search engine does; once, for it is taken out of the address. */
export function askFromAddress(): void {
  const route = parseRoute(location);
  const asked = new URLSearchParams(location.search).get("q");
  if (asked === null || route.page !== "chat" || route.conversationId !== undefined) return;
  navigate(chatPath(), "replace");
  const question = asked.trim().slice(0, MAX_QUESTION_LENGTH);
  if (question !== "") fresh.get().ask(question);
}
