import type { Conversation, ExportFormat, Message, Paper } from "../protocol.ts";
import { fold } from "../retrieval/fold.ts";
import { citedPapers } from "./export/cited-papers.ts";
import { conversationMarkdown } from "./export/conversation-markdown.ts";
import { formatReference, type ReferenceDocument } from "./references.ts";

export interface ExportedConversation extends ReferenceDocument {
  /** Safe on every file system: ASCII letters, digits and hyphens, with the extension of the format. */
  readonly fileName: string;
}

const EXTENSIONS: Readonly<Record<ExportFormat, string>> = {
  markdown: "md",
  json: "json",
  bibtex: "bib",
  ris: "ris",
};
/** Characters of a file name before its extension. */
const MAX_NAME = 60;

/**
 * The whole conversation as a document: Markdown to read, JSON as the contract has it, or the references that it
 * cites, each once. `paperById` resolves aliases and answers undefined for a paper that has left the corpus.
 */
export async function exportConversation(
  conversation: Conversation & { messages: Message[] },
  format: ExportFormat,
  paperById: (id: string) => Paper | undefined,
): Promise<ExportedConversation> {
  const document = await writeDocument(conversation, format, paperById);
  return { ...document, fileName: `${baseName(conversation.title)}.${EXTENSIONS[format]}` };
}

async function writeDocument(
  conversation: Conversation & { messages: Message[] },
  format: ExportFormat,
  paperById: (id: string) => Paper | undefined,
): Promise<ReferenceDocument> {
  switch (format) {
    case "markdown":
      return { body: conversationMarkdown(conversation), mediaType: "text/markdown; charset=utf-8" };
    case "json":
      return {
        body: `${JSON.stringify(conversation, null, 2)}\n`,
        mediaType: "application/json; charset=utf-8",
      };
    default:
      return formatReference(citedPapers(conversation.messages, paperById), format);
  }
}

function baseName(title: string): string {
  const name = fold(title)
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_NAME)
    .replace(/^-|-$/g, "");
  return name === "" ? "conversation" : name;
}
