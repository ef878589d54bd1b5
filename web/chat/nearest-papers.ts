import type { Answer, Source } from "../../src/protocol.ts";

const ITEM = /^\s*[-*]\s+(.*)$/;

export interface Abstention {
  /** What the answer says, without its list of papers. */
  readonly says: string;
  /** The papers that it lists as the nearest. */
  readonly nearest: readonly Source[];
}

/** An answer that says that the corpus does not know, as a sentence and papers: those that its text lists by title. */
export function readAbstention({ text, sources }: Pick<Answer, "text" | "sources">): Abstention {
  const titles = new Set(text.split("\n").flatMap((line) => plain(ITEM.exec(line)?.[1] ?? "") || []));
  const nearest = sources.filter(({ paper }) => titles.has(plain(paper.title)));
  if (nearest.length === 0) return { says: text, nearest };
  return {
    says: text
      .split("\n")
      .filter((line) => !ITEM.test(line))
      .join("\n")
      .trim(),
    nearest,
  };
}

/** A title is escaped where it stands in Markdown. */
function plain(title: string): string {
  return title
    .replace(/\\(?=[!-/:-@[-`{-~])/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
