import { personName } from "../../names/person-name.ts";
import type { PaperBody } from "../../paper.ts";
import { nodesText } from "../../plain/markup-text.ts";
import type { MarkupElement } from "../../plain/markup-tree.ts";
import { plainOf } from "../../plain/plain-text.ts";
import type { Draft } from "../record/draft.ts";
import { at, children, isElement, textAt, within } from "./xml-element.ts";

/** Abstracts that are others than the one in words. */
const OTHER_ABSTRACTS = /graphical|toc|teaser|video|executive|short|editor/i;

/** `article` of JATS, as PubMed Central and publishers give full texts. */
export function jatsArticleDraft(article: MarkupElement): Draft {
  const meta = at(article, "front/article-meta") ?? at(article, "front-stub") ?? at(article, "front");
  const journal = at(article, "front/journal-meta");
  const ids = children(meta, "article-id");
  const idOf = (type: string) =>
    textAt(
      ids.find(({ attributes }) => attributes["pub-id-type"] === type),
      "",
    );
  const abstracts = children(meta, "abstract").filter(
    ({ attributes }) => !OTHER_ABSTRACTS.test(attributes["abstract-type"] ?? ""),
  );
  const dates = children(meta, "pub-date").flatMap((date) => textAt(date, "year") ?? []);
  const type = article.attributes["article-type"] ?? "";
  return {
    title: textAt(meta, "title-group/article-title"),
    abstract: abstracts[0] === undefined ? undefined : nodesText([abstracts[0]]),
    body: bodyOf(at(article, "body")),
    authors: within(meta, "contrib")
      .filter(({ attributes }) => (attributes["contrib-type"] ?? "author") === "author")
      .map(authorOf)
      .filter((name) => name !== ""),
    year: [...dates].sort()[0],
    venue: textAt(journal, "journal-title-group/journal-title") ?? textAt(journal, "journal-title"),
    doi: idOf("doi"),
    arxivId: idOf("arxiv"),
    tags: within(meta, "kwd").flatMap((keyword) => textAt(keyword, "") ?? []),
    flags: /retracted-article/.test(type) ? ["retracted"] : undefined,
    marks: type === "retraction" ? retracted(meta) : undefined,
  };
}

function retracted(meta: MarkupElement | undefined): Draft["marks"] {
  return children(meta, "related-article").flatMap(({ attributes }) =>
    /retracted/.test(attributes["related-article-type"] ?? "") && attributes.href?.startsWith("10.")
      ? [{ key: `doi:${attributes.href.toLowerCase()}`, flag: "retracted" }]
      : [],
  );
}

function authorOf(contrib: MarkupElement): string {
  const body =
    textAt(contrib, "collab") ??
    textAt(contrib, "string-name") ??
    textAt(contrib, "collab-alternatives/collab");
  const name = at(contrib, "name") ?? at(contrib, "name-alternatives/name");
  if (name === undefined) return body === undefined ? "" : personName({ literal: body });
  return personName({
    family: textAt(name, "surname"),
    given: textAt(name, "given-names"),
    suffix: textAt(name, "suffix"),
  });
}

/** The sections with their paragraphs, without figures, tables and references. */
function bodyOf(body: MarkupElement | undefined): PaperBody | undefined {
  if (body === undefined) return undefined;
  const sections: { title: string; start: number }[] = [];
  let text = "";
  const visit = (element: MarkupElement): void => {
    for (const child of element.children.filter(isElement)) {
      if (child.name === "sec") {
        const title = textAt(child, "title");
        if (title !== undefined)
          sections.push({ title: plainOf(title).slice(0, 300), start: text === "" ? 0 : text.length + 2 });
        visit(child);
      } else if (child.name === "p" || child.name === "list") {
        const paragraph = plainOf(nodesText([child]));
        if (paragraph !== "") text += text === "" ? paragraph : `\n\n${paragraph}`;
      }
    }
  };
  visit(body);
  return text === "" ? undefined : { text, sections };
}
