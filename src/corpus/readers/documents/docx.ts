import { type MarkupElement, type MarkupNode, markupTree } from "../../plain/markup-tree.ts";
import type { Draft } from "../record/draft.ts";
import { isElement, textAt, within } from "../xml/xml-element.ts";
import { type Block, blocksDraft } from "./blocks-draft.ts";
import type { Zip } from "./zip.ts";

/** Names of styles that are headings, in Word's own languages. */
const HEADING = /^(?:heading|title|subtitle|berschrift|überschrift|titre|título|titolo|kop|head)\s?\d?/i;
const TITLE = /^(?:title|titel|titre|título|titolo|papertitle|articletitle)$/i;
const AUTHOR = /^(?:authors?|papertitleauthor|byline)$/i;
const ABSTRACT = /^abstract$/i;

/** The paper in a Word document: by the styles of its paragraphs. @throws Error that says why there is none */
export function readDocx(zip: Zip): Draft {
  const document = zip.text("word/document.xml") ?? "";
  const { nodes } = markupTree(document);
  const body = nodes.filter(isElement).flatMap((node) => within(node, "body"))[0];
  if (body === undefined) throw new Error("is no Word document: it has no text");
  const styles = stylesOf(zip.text("word/styles.xml") ?? "");
  const blocks: Block[] = [];
  let title: string | undefined;
  const authors: string[] = [];
  let inAbstract = false;
  for (const paragraph of within(body, "p")) {
    const text = runs(paragraph).replace(/\s+/g, " ").trim();
    if (text === "") continue;
    const style = styleOf(paragraph, styles);
    if (TITLE.test(style) && title === undefined) title = text;
    else if (AUTHOR.test(style)) authors.push(text);
    else {
      if (ABSTRACT.test(style) && !inAbstract && !/^abstract/i.test(text))
        blocks.push({ kind: "heading", text: "Abstract" });
      inAbstract ||= ABSTRACT.test(style);
      blocks.push({ kind: HEADING.test(style) ? "heading" : "paragraph", text });
    }
  }
  const core = coreOf(zip.text("docProps/core.xml") ?? "");
  const head = {
    title: title ?? core.title,
    authors: authors.length > 0 ? authors : core.authors,
    tags: core.tags,
  };
  return blocksDraft(title === undefined ? blocks : [{ kind: "heading", text: title }, ...blocks], head);
}

/** Deleted text is not there any more, and a field's code never was. */
function runs(paragraph: MarkupElement): string {
  const text = (nodes: readonly MarkupNode[]): string =>
    nodes
      .map((node) => {
        if (typeof node === "string") return "";
        if (node.name === "t") return node.children.filter((child) => typeof child === "string").join("");
        if (node.name === "tab" || node.name === "br" || node.name === "cr") return " ";
        if (node.name === "noBreakHyphen") return "-";
        return /^(?:del|delText|instrText|pPr|rPr|footnoteReference|txbxContent|Fallback)$/.test(node.name)
          ? ""
          : text(node.children);
      })
      .join("");
  return text(paragraph.children);
}

function styleOf(paragraph: MarkupElement, styles: ReadonlyMap<string, string>): string {
  const properties = paragraph.children.filter(isElement).find(({ name }) => name === "pPr");
  const id = within(properties, "pStyle")[0]?.attributes.val ?? "";
  return styles.get(id) ?? id;
}

/** Ids of styles, which are in Word's language, with their names, which are not. */
function stylesOf(xml: string): Map<string, string> {
  const found = markupTree(xml)
    .nodes.filter(isElement)
    .flatMap((node) => within(node, "style"));
  return new Map(
    found.map((style) => [style.attributes.styleId ?? "", within(style, "name")[0]?.attributes.val ?? ""]),
  );
}

function coreOf(xml: string): { title?: string; authors?: string[]; tags?: string } {
  const root = markupTree(xml).nodes.find(isElement);
  const [title, creator, tags] = ["title", "creator", "keywords"].map((name) => textAt(root, name));
  return {
    ...(title === undefined ? {} : { title }),
    ...(creator === undefined ? {} : { authors: creator.split(";") }),
    ...(tags === undefined ? {} : { tags }),
  };
}
