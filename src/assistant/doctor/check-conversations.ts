import { existsSync } from "node:fs";
import { conversationsFile } from "../../store/conversations-file.ts";
import { inspectConversations } from "../../store/inspect-conversations.ts";
import { countOf } from "../../util/strings.ts";
import type { Finding } from "./finding.ts";

/** @throws AppError (internal) that names the database when it is damaged, locked or from a newer Footnote */
export function checkConversations(dataFolder: string): Finding {
  const check = "conversations";
  const file = conversationsFile(dataFolder);
  if (!existsSync(file)) return { check, state: "ok", message: `${file} is made with the first question` };
  const { schemaVersion, newestVersion, conversations, messages } = inspectConversations(file);
  const schema =
    schemaVersion === newestVersion
      ? `schema ${schemaVersion}`
      : `schema ${schemaVersion}, which the next start brings to ${newestVersion}`;
  const message = `${file} is whole: ${countOf(conversations, "conversation")}, ${countOf(messages, "message")}, ${schema}`;
  return { check, state: "ok", message };
}
