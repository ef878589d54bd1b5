import { LESS_CERTAIN, NOT_FOUND } from "../../protocol/wording.ts";
import type { Answer, Citation, Conversation, Message, Source } from "../../protocol.ts";
import { escapeMarkdown } from "../../util/strings.ts";
import { harmlessMarkdown } from "./harmless-markdown.ts";

/** How a conversation begins as a Markdown document; its turns follow, each after an empty line. */
export function markdownHead({ title, createdAt }: Conversation): string {
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
export function markdownTurn(message: Message): string {
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
  const quotes = new Set(citations.map((citation) => citation.quote));
  return [title, ...[...quotes].map((quote) => `  > “${plain(quote)}”`)].join("\n\n");
}

function nearest(sources: readonly Source[]): string {
  if (sources.length === 0) return "";
  return `${NOT_FOUND.nearest}\n\n${sources.map(({ paper }) => `- ${plain(paper.title)}${link(paper.url)}`).join("\n")}`;
}

function link(url: string | undefined): string {
  return url !== undefined && /^https?:\/\/[^\s<>]+$/.test(url) ? ` <${url}>` : "";
}
