import { WITHDRAWN } from "../../identity/flags.ts";
import { personName } from "../../names/person-name.ts";
import type { MarkupElement } from "../../plain/markup-tree.ts";
import type { Draft } from "../record/draft.ts";
import { at, children, textAt, within } from "./xml-element.ts";

const texts = (elements: readonly MarkupElement[]): string[] =>
  elements.flatMap((element) => textAt(element, "") ?? []);

/** `paper` of the ACL Anthology. @param volume the `meta` of the volume that it stands in */
export function aclPaperDraft(paper: MarkupElement, volume: MarkupElement | undefined): Draft {
  const url = textAt(paper, "url");
  const id = url !== undefined && /^[A-Z]?\d\d[\w.-]{2,40}$/.test(url) ? url : undefined;
  return {
    title: textAt(paper, "title"),
    abstract: textAt(paper, "abstract"),
    authors: children(paper, "author").map((author) =>
      personName({ family: textAt(author, "last"), given: textAt(author, "first") }),
    ),
    year: textAt(paper, "year") ?? textAt(volume, "year") ?? /^(\d{4})\./.exec(id ?? "")?.[1],
    venue: textAt(volume, "booktitle"),
    url: id === undefined ? url : `https://aclanthology.org/${id}`,
    doi: textAt(paper, "doi"),
    flags: at(paper, "retracted") === undefined ? undefined : ["retracted"],
  };
}

/** `entry` of Atom, as arXiv's interface answers. */
export function atomEntryDraft(entry: MarkupElement): Draft {
  const id = textAt(entry, "id");
  return {
    title: textAt(entry, "title"),
    abstract: textAt(entry, "summary") ?? textAt(entry, "content"),
    authors: children(entry, "author").flatMap((author) => textAt(author, "name") ?? []),
    year: textAt(entry, "published") ?? textAt(entry, "updated"),
    venue: textAt(entry, "journal_ref"),
    url: id !== undefined && /^https?:/.test(id) ? id : undefined,
    doi: textAt(entry, "doi"),
    arxivId: id !== undefined && /arxiv\.org\/abs\//i.test(id) ? id : undefined,
    tags: children(entry, "category").flatMap(({ attributes }) => attributes.term ?? []),
    // arXiv keeps the text of what was withdrawn, and says so in a comment.
    flags: WITHDRAWN_COMMENT.test(textAt(entry, "comment") ?? "") ? [WITHDRAWN] : undefined,
  };
}

/** "This paper has been withdrawn by the authors", "Withdrawn due to an error", and not "Replaces a withdrawn paper". */
const WITHDRAWN_COMMENT =
  /^\W{0,3}(?:(?:this|the|our) )?(?:(?:paper|article|manuscript|preprint|submission|work|version) )?(?:(?:has been|have been|was|is) )?(?:(?:temporarily|hereby|now) )?withdrawn\b/i;

/** `record` of EndNote's XML (Mendeley, Zotero), and of OAI in arXiv's and Dublin Core's words. */
export function recordDraft(record: MarkupElement): Draft {
  const arxiv = within(record, "arXiv", "arXivRaw")[0];
  if (arxiv !== undefined) return arxivRecord(arxiv);
  const dublin = within(record, "dc")[0];
  return dublin === undefined ? endnoteRecord(record) : dublinRecord(dublin);
}

function arxivRecord(arxiv: MarkupElement): Draft {
  const named = within(at(arxiv, "authors"), "author").map((author) =>
    personName({
      family: textAt(author, "keyname"),
      given: textAt(author, "forenames"),
      suffix: textAt(author, "suffix"),
    }),
  );
  return {
    title: textAt(arxiv, "title"),
    abstract: textAt(arxiv, "abstract"),
    authors: named.length > 0 ? named : textAt(arxiv, "authors"),
    year: textAt(arxiv, "created") ?? textAt(arxiv, "version/date"),
    venue: textAt(arxiv, "journal-ref"),
    doi: textAt(arxiv, "doi"),
    arxivId: textAt(arxiv, "id"),
    tags: textAt(arxiv, "categories")?.split(/\s+/),
  };
}

function dublinRecord(dublin: MarkupElement): Draft {
  const identifiers = texts(children(dublin, "identifier"));
  const descriptions = texts(children(dublin, "description"));
  return {
    title: textAt(dublin, "title"),
    abstract: descriptions.sort((a, b) => b.length - a.length)[0],
    authors: texts(children(dublin, "creator")),
    year: textAt(dublin, "date"),
    venue: textAt(dublin, "source"),
    url: identifiers.find((text) => /^https?:/i.test(text)),
    doi: identifiers.find((text) => /^(?:doi:|https?:\/\/(?:dx\.)?doi\.org\/|10\.\d{4})/i.test(text)),
    arxivId: identifiers.find((text) => /arxiv\.org\/abs\//i.test(text)),
    tags: texts(children(dublin, "subject")),
  };
}

function endnoteRecord(record: MarkupElement): Draft {
  return {
    title: textAt(record, "titles/title"),
    abstract: textAt(record, "abstract"),
    authors: texts(within(at(record, "contributors/authors"), "author")),
    year: textAt(record, "dates/year"),
    venue: textAt(record, "titles/secondary-title") ?? textAt(record, "periodical/full-title"),
    url: texts(within(at(record, "urls"), "url")).find((text) => /^https?:/i.test(text)),
    doi: textAt(record, "electronic-resource-num"),
    tags: texts(within(at(record, "keywords"), "keyword")),
  };
}
