import type { Conversation, ExportFormat, Message, Paper } from "../protocol.ts";
import { fold } from "../text/fold.ts";
import { nextTurn } from "../util/turns.ts";
import { addCitedPapers } from "./export/cited-papers.ts";
import { markdownHead, markdownTurn } from "./export/conversation-markdown.ts";
import { referencePieces } from "./export/reference-pieces.ts";
import { referenceMediaType } from "./references.ts";

export interface ExportedConversation {
  /** Joined they are the document. What reads slowly is waited for; what stops reading ends the rest. */
  readonly chunks: AsyncIterable<string>;
  readonly mediaType: string;
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

type PaperById = (id: string) => Paper | undefined;

/**
 * The whole conversation as a document: Markdown to read, JSON as the contract has it, or the references that it
 * cites, each once. Between two pages others come to their turn.
 * @param pages its messages, oldest first, a page read when it is asked for
 * @param paperById resolves aliases and answers undefined for a paper that has left the corpus
 */
export function exportConversation(
  conversation: Conversation,
  pages: Pages,
  format: ExportFormat,
  paperById: PaperById,
): ExportedConversation {
  return {
    ...documentOf(conversation, inTurns(pages), format, paperById),
    fileName: `${baseName(conversation.title)}.${EXTENSIONS[format]}`,
  };
}

type Pages = AsyncIterable<readonly Message[]>;

async function* inTurns(pages: Pages): Pages {
  for await (const page of pages) {
    yield page;
    await nextTurn();
  }
}

function documentOf(
  conversation: Conversation,
  pages: Pages,
  format: ExportFormat,
  paperById: PaperById,
): Pick<ExportedConversation, "chunks" | "mediaType"> {
  switch (format) {
    case "markdown":
      return { chunks: markdown(conversation, pages), mediaType: "text/markdown; charset=utf-8" };
    case "json":
      return { chunks: json(conversation, pages), mediaType: "application/json; charset=utf-8" };
    default:
      return { chunks: references(pages, format, paperById), mediaType: referenceMediaType(format) };
  }
}

async function* markdown(conversation: Conversation, pages: Pages): AsyncGenerator<string> {
  yield markdownHead(conversation);
  for await (const page of pages) yield page.map((message) => `\n${markdownTurn(message)}`).join("");
}

/** As `JSON.stringify(…, null, 2)` writes it. */
async function* json(conversation: Conversation, pages: Pages): AsyncGenerator<string> {
  const head = JSON.stringify({ ...conversation, messages: undefined }, null, 2);
  yield `${head.slice(0, -"\n}".length)},\n  "messages": [`;
  let count = 0;
  for await (const page of pages) {
    const items = page.map((message) => indented(message));
    yield `${count > 0 && items.length > 0 ? "," : ""}${items.join(",")}`;
    count += items.length;
  }
  yield `${count > 0 ? "\n  " : ""}]\n}\n`;
}

function indented(message: Message): string {
  return `\n${JSON.stringify(message, null, 2)}`.replaceAll("\n", "\n    ");
}

async function* references(
  pages: Pages,
  format: "bibtex" | "ris",
  paperById: PaperById,
): AsyncGenerator<string> {
  const papers = new Map<string, Paper>();
  for await (const page of pages) addCitedPapers(papers, page, paperById);
  yield* referencePieces([...papers.values()], format);
}

function baseName(title: string): string {
  const name = fold(title)
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_NAME)
    .replace(/^-|-$/g, "");
  return name === "" ? "conversation" : name;
}
