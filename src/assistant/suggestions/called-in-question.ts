import type { Paper } from "../../protocol.ts";

/** A single word before a colon that has a capital or a digit behind a letter: "DiffCSE: …", "word2vec: …". */
const NAME = /^(?=\S{0,40}\p{L}['’]?[\p{Lu}\p{N}])([\p{L}\p{N}][\p{L}\p{N}+-]{1,40}):\s/u;
/** Characters of a title that reads well within a question. */
const LONGEST_TITLE = 90;

/** What a paper's work is called by its title, where it has a name there. */
export function shortNameOf({ title }: Pick<Paper, "title">): string | undefined {
  return NAME.exec(title)?.[1];
}

/** As a question calls a paper: by its name, or by its title; undefined where that is too long to read well. */
export function calledInQuestion(paper: Pick<Paper, "title">): string | undefined {
  const name = shortNameOf(paper);
  if (name !== undefined) return name;
  return paper.title.length <= LONGEST_TITLE ? `“${paper.title}”` : undefined;
}
