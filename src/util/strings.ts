import { randomBytes } from "node:crypto";

/** The text with each run of white space as one space, and none at its ends. */
export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/** `1 paper`, `2 papers`: for nouns that take an s. */
export function countOf(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/** The text, or its beginning with an ellipsis: `most` UTF-16 code units in all, no character in half. */
export function firstLetters(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/\p{Cs}$/u, "")}…`;
}

/** Combining marks in a row that a text may have, as Unicode's Stream-Safe Text Format has it (UAX 15); words have up to 4. */
const MOST_MARKS = 30;
const EXCESS = new RegExp(`(\\p{M}{${MOST_MARKS}})\\p{M}+`, "gu");

/** The text without marks past MOST_MARKS in a row: `normalize` sorts a run of them in quadratic time. */
export function streamSafe(text: string): string {
  return text.replace(EXCESS, "$1");
}

/**
 * Text for comparing without regard to case, in any script. Upper case rather than lower: it also joins ß with ss
 * and both forms of sigma. NFKC joins composed and decomposed accents, ligatures and full-width letters.
 */
export function foldCase(text: string): string {
  return streamSafe(text).normalize("NFKC").toUpperCase();
}

/**
 * Plain text as Markdown that renders as that text. Only what would change the rendering is escaped, so that most
 * sentences stay as they are: emphasis and code marks, link and note brackets, raw HTML. Inline LaTeX between dollar
 * signs stays as it is, for the renderer of formulas, but for an empty group where it would read as a note ("v[1]").
 * White space is folded, which Markdown would do anyway.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .split(/(\$[^$\n]+\$)/)
    .map((part, index) =>
      index % 2 === 1 ? part.replace(/\[(?=\d+\])/g, "[{}") : part.replace(/[\\`*_[\]<>#|~]/g, "\\$&"),
    )
    .join("");
}

/** What `escapeMarkdown` made of a text, formulas aside, as it was. */
export function unescapeMarkdown(text: string): string {
  return text.replace(/\\([\\`*_[\]<>#|~])/g, "$1");
}

/** Characters of English to a token at least. Abstracts have 5.6 with GPT's tokenizers, about 4.3 with Llama 2's. */
const ASCII_PER_TOKEN = 4;

/**
 * No fewer tokens than a language model is likely to take a text for. A tokenizer is exact for its own model only and
 * weighs 20 MB; so this errs on the high side, and a character outside ASCII counts as one token.
 */
export function estimateTokens(text: string): number {
  let other = 0;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) other += 1;
  return Math.ceil((text.length - other) / ASCII_PER_TOKEN) + other;
}

/** The address, or undefined when `text` is none (`URL.parse`, which not every Node 20 has). */
export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** 128 random bits as 22 URL-safe characters: nobody guesses one, and two are never alike. */
export function randomId(): string {
  return randomBytes(16).toString("base64url");
}
