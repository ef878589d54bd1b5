import path from "node:path";
import { nodesText } from "../../plain/markup-text.ts";
import { type MarkupElement, markupTree } from "../../plain/markup-tree.ts";
import type { Draft } from "../record/draft.ts";
import { isElement, textAt, within } from "../xml/xml-element.ts";
import { type Block, blocksDraft } from "./blocks-draft.ts";
import type { Zip } from "./zip.ts";

/** Letters of a book that are read. */
const MOST_LETTERS = 4_000_000;
const HEADING = /^h[1-6]$/;
const TEXT = new Set(["p", "li", "blockquote", "pre", "dd", "dt", "figcaption"]);

/** The paper, or book, in an EPUB: its chapters in the order of its spine. @throws Error that says why there is none */
export function readEpub(zip: Zip): Draft {
  const container = treeOf(zip.text("META-INF/container.xml") ?? "");
  const root = within(container, "rootfile")[0]?.attributes["full-path"];
  const packageText = root === undefined ? undefined : zip.text(root);
  if (root === undefined || packageText === undefined)
    throw new Error("is no EPUB that can be read: it names no contents");
  const contents = treeOf(packageText);
  const metadata = within(contents, "metadata")[0];
  const items = new Map(
    within(contents, "item").map(({ attributes }) => [attributes.id ?? "", attributes.href ?? ""]),
  );
  const blocks: Block[] = [];
  let letters = 0;
  for (const { attributes } of within(within(contents, "spine")[0], "itemref")) {
    const href = decodeURIComponentSafely(items.get(attributes.idref ?? "")?.split("#")[0] ?? "");
    const chapter = href === "" ? undefined : zip.text(path.posix.join(path.posix.dirname(root), href));
    if (chapter === undefined || letters > MOST_LETTERS) continue;
    letters += chapter.length;
    chapterBlocks(treeOf(chapter), blocks);
  }
  const title = textAt(metadata, "title");
  const identifiers = within(metadata, "identifier").flatMap((each) => textAt(each, "") ?? []);
  return blocksDraft(title === undefined ? blocks : [{ kind: "heading", text: title }, ...blocks], {
    title,
    authors: within(metadata, "creator").flatMap((creator) => textAt(creator, "") ?? []),
    year: textAt(metadata, "date"),
    doi: identifiers.find((text) => /^(?:doi:|https?:\/\/doi\.org\/)?10\.\d{4}/i.test(text)),
    tags: within(metadata, "subject").flatMap((subject) => textAt(subject, "") ?? []),
  });
}

const treeOf = (text: string): MarkupElement => ({
  name: "",
  attributes: {},
  children: markupTree(text, { html: false }).nodes,
});

function chapterBlocks(element: MarkupElement, blocks: Block[]): void {
  for (const child of element.children.filter(isElement)) {
    const name = child.name.toLowerCase();
    if (name === "head" || name === "nav" || name === "script" || name === "style") continue;
    if (HEADING.test(name) || TEXT.has(name)) {
      const text = nodesText(child.children).trim();
      if (text !== "") blocks.push({ kind: HEADING.test(name) ? "heading" : "paragraph", text });
    } else chapterBlocks(child, blocks);
  }
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
