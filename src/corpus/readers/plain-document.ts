import { latexText } from "../plain/latex-text.ts";
import { type Block, blocksDraft, type DocumentHead } from "./documents/blocks-draft.ts";
import type { Reader, ReadItem } from "./reader.ts";
import { toItem } from "./record/to-item.ts";
import { readBytes } from "./source/read-bytes.ts";
import { readLines } from "./source/read-lines.ts";

/** Letters of one document. */
const MOST_LETTERS = 4_000_000;
/** Letters of a line that may be a heading. */
const MOST_HEADING = 150;
/** Letters of a text below which there is none. */
const LEAST_TEXT = 40;
const NUMBERED = /^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.)\s{1,4}\p{Lu}[^.!?]{1,120}$/u;
const CAPITALS = /^[\p{Lu}\d][\p{Lu}\d\s&:,'’()-]{3,100}$/u;

/** A paper in plain text or Markdown: its title first, then its text. */
export const plainDocumentReader: Reader = {
  name: "plain text or Markdown",

  accepts({ name, bytes, text }) {
    if (!/\.(?:txt|text|md|markdown|rst|tex)$/i.test(name)) return false;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what no text has, and other formats do
    return bytes.length > 0 && !/[\u0000-\u0008\u000e-\u001a]/.test(text);
  },

  async *read(file, options): AsyncGenerator<ReadItem> {
    const lines: string[] = [];
    let letters = 0;
    for await (const line of readLines(readBytes(file, options))) {
      if ("reason" in line) {
        const { number, reason, cutsOff } = line;
        yield { problem: { line: number, reason }, ...(cutsOff && { cutsOff }) };
        continue;
      }
      if (line.note !== undefined) yield { note: { line: line.number, reason: line.note } };
      letters += line.text.length + 1;
      if (letters > MOST_LETTERS) {
        const reason = `has more than ${MOST_LETTERS.toLocaleString("en")} letters: what is behind is left out`;
        yield { note: { line: line.number, reason } };
        break;
      }
      lines.push(line.text);
    }
    const { head, from } = frontMatter(lines);
    const blocks = blocksOf(lines.slice(from));
    const draft = blocksDraft(blocks, head);
    const size = blocks.reduce((sum, { text }) => sum + text.length, 0);
    if (size < LEAST_TEXT || blocks.length < 2) {
      const reason = "holds no paper: its title stands first, and its text in paragraphs below";
      yield { problem: { reason }, cutsOff: true };
    } else yield toItem(draft, lines.length);
  },
};

/** `title: …` between two lines of hyphens, as Pandoc and Obsidian write it. */
function frontMatter(lines: readonly string[]): { head: DocumentHead; from: number } {
  if (lines[0]?.trim() !== "---") return { head: {}, from: 0 };
  const end = lines.slice(1, 200).findIndex((line) => /^(?:---|\.\.\.)\s*$/.test(line));
  if (end < 0) return { head: {}, from: 0 };
  const fields = new Map<string, string[]>();
  let last: string[] | undefined;
  for (const line of lines.slice(1, end + 1)) {
    const [, name, value = ""] = /^([A-Za-z][\w-]{0,40}):\s{0,9}(.*)$/.exec(line) ?? [];
    const item = /^\s{0,9}-\s+(.*)$/.exec(line)?.[1];
    if (name !== undefined) {
      last = value === "" ? [] : listed(value);
      fields.set(name.toLowerCase(), last);
    } else if (item !== undefined) last?.push(unquoted(item.replace(/^name:\s*/, "")));
  }
  const one = (...names: string[]) => names.map((name) => fields.get(name)?.join(" ")).find(Boolean);
  return {
    head: {
      title: one("title"),
      authors: fields.get("authors") ?? fields.get("author"),
      year: one("year", "date"),
      doi: one("doi"),
      arxivId: one("arxiv", "arxivid", "eprint"),
      tags: fields.get("tags") ?? fields.get("keywords"),
    },
    from: end + 2,
  };
}

const unquoted = (text: string): string => text.trim().replace(/^(["'])(.*)\1$/, "$2");

const listed = (value: string): string[] =>
  /^\[.*\]$/.test(value.trim()) ? value.trim().slice(1, -1).split(",").map(unquoted) : [unquoted(value)];

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const close = (): void => {
    const text = paragraph.join("\n").trim();
    if (text !== "")
      blocks.push({
        kind: isHeading(text, blocks.length === 0) ? "heading" : "paragraph",
        text: plainMarkdown(text),
      });
    paragraph = [];
  };
  for (const line of lines) {
    const heading = /^\s{0,3}#{1,6}\s+(.*?)\s*#*$/.exec(line.slice(0, 1000))?.[1];
    const isUnderline = /^\s{0,3}(?:={3,}|-{3,})\s*$/.test(line) && paragraph.length === 1;
    if (heading !== undefined || isUnderline) {
      const text = heading ?? paragraph[0] ?? "";
      if (isUnderline) paragraph = [];
      close();
      if (text.trim() !== "") blocks.push({ kind: "heading", text: plainMarkdown(text) });
    } else if (line.trim() === "") close();
    else paragraph.push(line);
  }
  close();
  return blocks;
}

function isHeading(text: string, isFirst: boolean): boolean {
  if (text.includes("\n") && !isFirst) return false;
  if (isFirst) return text.length <= 2 * MOST_HEADING;
  return (
    text.length <= MOST_HEADING &&
    (NUMBERED.test(text) || CAPITALS.test(text) || /^abstract$|^references$/i.test(text.trim()))
  );
}

/** The words of Markdown: links and images by their names, emphasis and code without their marks. */
function plainMarkdown(text: string): string {
  return latexText(text)
    .replace(/!\[([^\][]{0,300})\]\([^()\s]{0,2000}\)/g, "$1")
    .replace(/\[([^\][]{1,300})\]\([^()\s]{0,2000}\)/g, "$1")
    .replace(/(\*\*|__)(?=\S)([^*_\n]{1,500})(?<=\S)\1/g, "$2")
    .replace(/(?<![\w*])\*(?=\S)([^*\n]{1,500})(?<=\S)\*(?![\w*])/g, "$1")
    .replace(/`([^`\n]{1,500})`/g, "$1")
    .replace(/^\s{0,3}>\s?/gm, "");
}
