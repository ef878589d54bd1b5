import type { Paper } from "../../protocol.ts";

/** A single word before a colon that has a capital or a digit behind a letter: "DiffCSE: …", "word2vec: …". */
const NAME = /^(?=\S{0,40}\p{L}['’]?[\p{Lu}\p{N}])([\p{L}\p{N}][\p{L}\p{N}+-]{1,40}):\s/u;
/** Several words before a colon: "Task Vectors: …". */
const HEAD = /^(?!(?:the|an?)\s)([^\s:“”]+(?:\s[^\s:“”]+){1,5}):\s/iu;
/** Characters of a title that reads well within a question. */
const LONGEST_TITLE = 90;

/** What a paper's work is called by its title, where it has a name there. */
export function shortNameOf({ title }: Pick<Paper, "title">): string | undefined {
  return NAME.exec(title)?.[1];
}

interface Reading {
  /** Characters of a title. */
  readonly longest?: number;
  /** Whether no other title has these words, which then will do for this one. */
  readonly isOnly?: (words: string) => boolean;
}

/** As a question calls a paper: by its name, or by its title; undefined where that is too long to read well. */
export function calledInQuestion(
  paper: Pick<Paper, "title">,
  { longest = LONGEST_TITLE, isOnly = () => false }: Reading = {},
): string | undefined {
  const name = shortNameOf(paper);
  if (name !== undefined) return name;
  const head = HEAD.exec(paper.title)?.[1];
  if (head !== undefined && isOnly(head)) return `“${head}”`;
  return paper.title.length <= longest ? `“${paper.title}”` : undefined;
}
