import { personName } from "../../names/person-name.ts";
import type { MarkupElement } from "../../plain/markup-tree.ts";
import type { Draft } from "../record/draft.ts";
import { at, children, textAt, within } from "./xml-element.ts";

/** `PubmedArticle` and `PubmedBookArticle` of PubMed's XML. */
export function pubmedArticleDraft(record: MarkupElement): Draft {
  const citation = at(record, "MedlineCitation") ?? at(record, "BookDocument") ?? record;
  const article = at(citation, "Article") ?? citation;
  const pmid = textAt(citation, "PMID");
  const ids = within(record, "ArticleId", "ELocationID");
  const doi = ids.find(({ attributes }) => (attributes.IdType ?? attributes.EIdType) === "doi");
  const date =
    at(article, "Journal/JournalIssue/PubDate") ??
    at(article, "ArticleDate") ??
    at(citation, "ContributionDate");
  const title =
    textAt(article, "ArticleTitle") ??
    textAt(article, "VernacularTitle") ??
    textAt(article, "BookTitle") ??
    textAt(citation, "Book/BookTitle");
  const types = within(article, "PublicationType").map((type) => textAt(type, "") ?? "");
  const notices = within(record, "CommentsCorrections").map(({ attributes }) => attributes.RefType ?? "");
  const isRetracted = types.includes("Retracted Publication") || notices.includes("RetractionIn");
  return {
    // Brackets say that it is translated.
    title: title?.replace(/^\[(.*)\]\.?$/s, "$1"),
    abstract: abstractOf(at(article, "Abstract")),
    authors: within(at(article, "AuthorList"), "Author")
      .map(authorOf)
      .filter((name) => name !== ""),
    year: textAt(date, "Year") ?? textAt(date, "MedlineDate"),
    venue:
      textAt(article, "Journal/Title") ??
      textAt(citation, "MedlineJournalInfo/MedlineTA") ??
      textAt(citation, "Book/BookTitle"),
    url:
      pmid !== undefined && /^\d{1,9}$/.test(pmid) ? `https://pubmed.ncbi.nlm.nih.gov/${pmid}/` : undefined,
    doi: textAt(doi, ""),
    tags: within(at(citation, "KeywordList"), "Keyword").flatMap((keyword) => textAt(keyword, "") ?? []),
    flags: isRetracted ? ["retracted"] : undefined,
  };
}

/** Sections with their labels: "METHODS: We followed 300 people." */
function abstractOf(abstract: MarkupElement | undefined): string | undefined {
  const parts = children(abstract, "AbstractText").flatMap((part) => {
    const text = textAt(part, "");
    const label = part.attributes.Label;
    return text === undefined
      ? []
      : [label === undefined || label === "UNLABELLED" ? text : `${label}: ${text}`];
  });
  return parts.length === 0 ? undefined : parts.join("\n\n");
}

function authorOf(author: MarkupElement): string {
  const body = textAt(author, "CollectiveName");
  if (body !== undefined) return personName({ literal: body });
  const given = textAt(author, "ForeName") ?? textAt(author, "Initials");
  return personName({ family: textAt(author, "LastName"), given, suffix: textAt(author, "Suffix") });
}
