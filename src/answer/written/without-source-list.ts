import type { Citation } from "../../protocol.ts";

/** A line that heads a list of sources, the first entry maybe behind it. */
const HEAD =
  /^[ \t]*(?:#{1,6}[ \t]*)?(?:\*\*|__)?(?:(?:cited )?sources?|references?|citations?|bibliography|works cited):?(?:\*\*|__)?:?[ \t]*(?=\[\d|$)/i;
const ENTRY = /^[ \t]*(?:[-*+•][ \t]+|\d{1,3}[.)][ \t]+)?\[\d+\]/;
const BLANK_OR_RULE = /^[ \t]*(?:(?:-{3,}|\*{3,}|_{3,})[ \t]*)?$/;
/** As CitationStream writes them. */
const MARKER = /(?<!\\)\[\d+\]/g;

interface Noted {
  readonly text: string;
  readonly citations: readonly Citation[];
}

/**
 * An answer without the list of its sources that models put at its end though they are asked not to: it claims nothing,
 * and each note names its source. As it is where no such list ends it, or only the list has notes.
 */
export function withoutSourceList(answer: Noted): Noted {
  const text = answer.text.slice(0, listStart(answer.text.split("\n")));
  const citations = answer.citations.filter(({ claim }) => claim.end <= text.length);
  const whole = citations.length > 0 && citations.length === text.match(MARKER)?.length;
  return whole ? { text, citations } : answer;
}

/** UTF-16 offset of the list with the blank lines before it; undefined where there is none. */
function listStart(lines: readonly string[]): number | undefined {
  const head = lines.findLastIndex((line) => HEAD.test(line));
  if (head < 1) return undefined;
  const [first = "", ...rest] = lines.slice(head);
  const entries = [first.replace(HEAD, ""), ...rest].filter((line) => !BLANK_OR_RULE.test(line));
  if (entries.length === 0 || !entries.every((line) => ENTRY.test(line))) return undefined;
  const last = lines.slice(0, head).findLastIndex((line) => !BLANK_OR_RULE.test(line));
  return lines.slice(0, last + 1).join("\n").length;
}
