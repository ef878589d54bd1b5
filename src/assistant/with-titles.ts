import type { Turn } from "../question/follow-up.ts";
import { mentionedNotes } from "../question/mentioned-notes.ts";

/** The question with the titles of the papers that it calls by their numbers in the last answer: "[2]", "paper 3". */
export function withTitles(question: string, history: readonly Turn[]): string {
  const { places } = mentionedNotes(question);
  const sources = history.findLast(({ sources = [] }) => sources.length > 0)?.sources ?? [];
  let replaced = question;
  for (const { start, end, numbers } of [...places].reverse()) {
    const titles = numbers.flatMap((number) => sources.find(({ marker }) => marker === number)?.title ?? []);
    // A number that stands for nothing is left, but for a mark of its own: "What is X? [1]".
    const meant = titles.length > 0 ? titles.map((title) => `“${title}”`).join(" and ") : undefined;
    const isMark = question[start] === "[" || question[start] === "【";
    if (meant !== undefined || (isMark && sources.length === 0))
      replaced = `${replaced.slice(0, start)}${meant ?? ""}${replaced.slice(end)}`;
  }
  return replaced.trim();
}
