import { firstText } from "../../record/by-alias.ts";
import { membersOf } from "../../record/texts.ts";
import type { JsonShape } from "./shape.ts";

/** Papers of Semantic Scholar: its API, its datasets, and S2ORC. */
export const semanticScholarShape: JsonShape = {
  fits: (object) =>
    ("paperId" in object || "corpusId" in object || "corpusid" in object || "paper_id" in object) &&
    ("externalIds" in object || "externalids" in object || "authors" in object || "title" in object),

  draft(object) {
    const ids = membersOf(object.externalIds) ?? membersOf(object.externalids);
    const journal = membersOf(object.journal);
    const content = membersOf(object.content);
    return {
      title: object.title,
      abstract: object.abstract,
      body: object.body_text ?? content?.text,
      authors: object.authors,
      year: object.year ?? object.publicationDate ?? object.publicationdate,
      venue: firstText(object.venue, journal?.name, membersOf(object.publicationVenue)?.name),
      url: object.url,
      doi: ids?.DOI ?? object.doi,
      arxivId: ids?.ArXiv ?? object.arxivId ?? object.arxiv_id,
      tags: object.fieldsOfStudy ?? object.s2FieldsOfStudy,
    };
  },
};
