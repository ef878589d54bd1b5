/** A conversation as a document: Markdown to read, JSON, or the references that it cites. */

import { LESS_CERTAIN, NOT_FOUND, placeOf } from "../protocol/wording.ts";
import type { Answer, Citation, Conversation, ExportFormat, Message, Paper, Source } from "../protocol.ts";
import { fold } from "../text/words.ts";
import { escapeMarkdown } from "../util/strings.ts";
import { nextTurn } from "../util/turns.ts";
import { isHarmlessLatex } from "./latex.ts";
import { referenceMediaType, referencePieces } from "./references.ts";

interface ExportedConversation {
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

/** How a conversation begins as a Markdown document; its turns follow, each after an empty line. */
function markdownHead({ title, createdAt }: Conversation): string {
  return `# ${plain(title)}\n\n*${day(createdAt)}, with Footnote*\n`;
}

/** Words of the corpus, which are no Markdown; formulas stay, but not what hides in them. */
function plain(text: string): string {
  return harmlessMarkdown(escapeMarkdown(text));
}

/** ISO date → YYYY-MM-DD. */
function day(date: string): string {
  return date.slice(0, 10);
}

/** A message, and under an answer the notes it cites with their quotes. */
function markdownTurn(message: Message): string {
  // What a person wrote is quoted, so that headings or rules in it stay inside their turn.
  if (message.role === "user") return `## Question\n\n${blockquote(harmlessMarkdown(message.text))}\n`;
  const { answer } = message;
  const text = harmlessMarkdown(answer === undefined ? message.text : markUnsupported(answer));
  const parts = [text, ...remarks(message), notes(answer?.citations ?? []), nearest(answer?.nearest ?? [])];
  return `## Answer\n\n${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function blockquote(text: string): string {
  return text
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
}

/** Claims without a source say so where they end. */
function markUnsupported({ text, unsupported }: Answer): string {
  return [...unsupported]
    .sort((a, b) => b.end - a.end)
    .reduce((marked, { end }) => `${marked.slice(0, end)} *(no source)*${marked.slice(end)}`, text);
}

function remarks({ answer, cut }: Message): string[] {
  const remarks: string[] = [];
  if (answer?.fallback !== undefined) {
    const { from, reason } = answer.fallback;
    remarks.push(`*${plain(from)} could not answer (${plain(reason)}).*`);
  }
  if (answer?.confidence === "tentative") remarks.push(`*(${LESS_CERTAIN.label})*`);
  if (cut) remarks.push("*This answer was cut off before its end.*");
  return remarks;
}

/** One item a marker, in the order of the numbers; not a Markdown list of numbers, which would start at one. */
function notes(citations: readonly Citation[]): string {
  const byMarker = new Map<number, Citation[]>();
  for (const citation of citations) {
    byMarker.set(citation.marker, [...(byMarker.get(citation.marker) ?? []), citation]);
  }
  const items = [...byMarker].sort(([a], [b]) => a - b).map(([marker, group]) => note(marker, group));
  return items.length === 0 ? "" : `### References\n\n${items.join("\n\n")}`;
}

function note(marker: number, citations: readonly Citation[]): string {
  const [first] = citations;
  const title = `- **[${marker}]** ${plain(first?.title ?? "")}${link(first?.url)}`;
  const quotes = new Map(citations.map((citation) => [citation.quote, placeOf(citation)]));
  const quoted = [...quotes].map(
    ([quote, place]) => `  > “${plain(quote)}”${place === "" ? "" : ` (${plain(place)})`}`,
  );
  return [title, ...quoted].join("\n\n");
}

function nearest(sources: readonly Source[]): string {
  if (sources.length === 0) return "";
  return `${NOT_FOUND.nearest}\n\n${sources.map(({ paper }) => `- ${plain(paper.title)}${link(paper.url)}`).join("\n")}`;
}

function link(url: string | undefined): string {
  return url !== undefined && /^https?:\/\/[^\s<>]+$/.test(url) ? ` <${url}>` : "";
}

/**
 * Adds the papers that the answers cite, or name from the records, to `papers`, each once by its id, in the order of their
 * first mention. A paper that has left the corpus is told by what the answer kept of it.
 */
function addCitedPapers(
  papers: Map<string, Paper>,
  messages: readonly Message[],
  paperById: (id: string) => Paper | undefined,
): void {
  for (const { answer } of messages) {
    const named = answer?.shape === "catalogue" ? answer.sources.map((source) => source.paper) : [];
    const kept = [
      ...(answer?.citations ?? []).map(paperOf),
      ...named.map((paper) => ({ ...paper, abstract: "" })),
    ];
    for (const one of kept) {
      // The id may be an alias that the corpus has learned since: the paper's own id tells them apart.
      const paper = paperById(one.id) ?? one;
      if (!papers.has(paper.id)) papers.set(paper.id, paper);
    }
  }
}

function paperOf({ paperId, paperRevision, title, url }: Citation): Paper {
  return {
    id: paperId,
    title,
    abstract: "",
    source: "citation",
    revision: paperRevision,
    ...(url === undefined ? {} : { url }),
  };
}

/** In order: a backslash as TeX also writes it ("^^5c"); a command of LaTeX; an escape that holds already; … */
const TEX = String.raw`\\?\^(?=\^)|\\[A-Za-z]+|\\[\s\S]`;
/** … what opens raw HTML, or an image; … */
const MARKUP = String.raw`<(?=[A-Za-z/!?])|!(?=\[)`;
/** … a link to anything but the web, a mail address or a place in the document, in place or defined apart. */
const LINK = String.raw`\]\((?!\s{0,9}<?(?:https?:\/\/|mailto:|#))|(?<=^[ >]{0,9})\[(?=[^\]\n]{1,99}\]:(?!\s{0,9}<?https?:\/\/))`;
const RISK = new RegExp([TEX, MARKUP, LINK].join("|"), "gim");

/**
 * Markdown that loads and runs nothing wherever it is opened, nor when LaTeX sets it: raw HTML becomes text, images
 * become links, links that run something become text, and commands that do more than set a sign are written out.
 */
function harmlessMarkdown(text: string): string {
  return text.replace(RISK, (found, at: number) => {
    if (found.endsWith("^")) return text[at + found.length] === "^" ? `${found} ` : found;
    const holds = found.startsWith("\\") && (!/^\\[a-z]/i.test(found) || isHarmlessLatex(found));
    return holds ? found : `\\${found}`;
  });
}
