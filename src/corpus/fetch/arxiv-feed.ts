import { oneLine } from "../../util/strings.ts";
import { normalizeArxivId } from "../identity/normalize-arxiv-id.ts";
import { markupTree } from "../plain/markup-tree.ts";
import { isElement, textAt } from "../readers/xml/xml-element.ts";
import { isPage } from "./fetched.ts";

/** Letters in which a feed begins. */
const HEAD_LETTERS = 4000;
/** Letters of arXiv's own words that a reason quotes. */
const QUOTED = 200;

export interface ArxivFeed {
  readonly papers: readonly { readonly id: string; readonly content: string }[];
  /** What arXiv says in the place of a paper. */
  readonly error: string | undefined;
  readonly isWhole: boolean;
}

/** The entries of a feed, each as a feed of its own; undefined where it is none. */
export function readArxivFeed(text: string): ArxivFeed | undefined {
  const open = /<feed(?:\s[^>]{0,2000})?>/.exec(text.slice(0, HEAD_LETTERS));
  if (open === null || isPage(text)) return undefined;
  const papers: { id: string; content: string }[] = [];
  let error: string | undefined;
  let at = open.index;
  for (;;) {
    const start = text.indexOf("<entry", at);
    const end = text.indexOf("</entry>", start);
    if (start < 0 || end < 0) break;
    at = end + "</entry>".length;
    const entry = text.slice(start, at);
    const element = markupTree(entry).nodes.find(isElement);
    const id = normalizeArxivId(textAt(element, "id") ?? "");
    if (id !== undefined) papers.push({ id, content: feedOf(open[0], entry) });
    else if (textAt(element, "title") === "Error") {
      error = oneLine(textAt(element, "summary") ?? "there is an error").slice(0, QUOTED);
    }
  }
  return { papers, error, isWhole: text.includes("</feed>", at) };
}

const feedOf = (open: string, entry: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${open}\n${entry}\n</feed>\n`;
