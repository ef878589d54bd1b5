import { firstText } from "../../record/by-alias.ts";
import { membersOf, textIn } from "../../record/texts.ts";
import type { JsonObject, JsonShape } from "./shape.ts";

/** PubMed as JSON: its summaries (`esummary`), Europe PMC's results, and records with a `pmid`. */
export const pubmedShape: JsonShape = {
  fits: (object) =>
    "pmid" in object ||
    "PMID" in object ||
    ("uid" in object && "articleids" in object) ||
    ("pmcid" in object && "title" in object),

  draft(object) {
    const ids = idsOf(object);
    const pmid = firstText(object.pmid, object.PMID, ids.pubmed, object.uid);
    const types = [object.pubtype, membersOf(object.pubTypeList)?.pubType, object.publication_types];
    const isRetracted = types.some((list) =>
      /retracted publication/i.test(JSON.stringify(list ?? "").slice(0, 5000)),
    );
    const journal = membersOf(membersOf(object.journalInfo)?.journal);
    return {
      title: firstText(object.title, object.articleTitle, object.article_title)?.replace(
        /^\[(.*)\]\.?$/s,
        "$1",
      ),
      abstract: firstText(object.abstract, object.abstractText, object.abstract_text),
      authors: object.authors ?? membersOf(object.authorList)?.author ?? object.authorString,
      year: firstText(object.year, object.pubYear, object.pubdate, object.publication_date, object.epubdate),
      venue: firstText(
        object.fulljournalname,
        object.journal,
        journal?.title,
        object.journalTitle,
        object.source,
      ),
      url:
        firstText(object.url) ??
        (/^\d{1,9}$/.test(pmid ?? "") ? `https://pubmed.ncbi.nlm.nih.gov/${pmid}/` : undefined),
      doi: firstText(object.doi, ids.doi),
      tags: object.keywords ?? membersOf(object.keywordList)?.keyword ?? object.mesh_terms,
      flags: isRetracted ? ["retracted"] : undefined,
    };
  },
};

function idsOf(object: JsonObject): Record<string, string | undefined> {
  const list = Array.isArray(object.articleids) ? object.articleids : [];
  return Object.fromEntries(
    list.map((item) => [textIn(membersOf(item)?.idtype) ?? "", textIn(membersOf(item)?.value)]),
  );
}
