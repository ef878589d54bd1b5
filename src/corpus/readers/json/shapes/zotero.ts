import { isBlank, membersOf, textIn } from "../../record/texts.ts";
import type { JsonObject, JsonShape } from "./shape.ts";

/** Items that are no papers. */
const NO_PAPERS = /^(?:attachment|note|annotation)$/;
const AUTHORS = /^(?:author|inventor|presenter|podcaster|programmer|artist|contributor|creator)$/i;
const VENUES = [
  "publicationTitle",
  "proceedingsTitle",
  "conferenceName",
  "bookTitle",
  "repository",
  "websiteTitle",
  "university",
  "institution",
];

/** Items of Zotero: its API's, whose members are in `data`, and Better BibTeX's JSON. */
export const zoteroShape: JsonShape = {
  fits: (object) => typeof itemOf(object).itemType === "string",

  draft(object) {
    const item = itemOf(object);
    if (NO_PAPERS.test(String(item.itemType))) return {};
    const creators = Array.isArray(item.creators) ? item.creators : [];
    const extra = textIn(item.extra) ?? "";
    const tags = Array.isArray(item.tags) ? item.tags : [];
    return {
      title: item.title,
      abstract: item.abstractNote,
      authors: creators
        .filter((creator) => AUTHORS.test(textIn(membersOf(creator)?.creatorType) ?? "author"))
        .map((creator) => ({ ...membersOf(creator), literal: membersOf(creator)?.name })),
      year: item.date,
      venue: VENUES.map((name) => item[name]).find((venue) => !isBlank(venue)),
      url: isBlank(item.url) ? undefined : item.url,
      doi: item.DOI ?? /^DOI:\s*(\S+)/im.exec(extra)?.[1],
      arxivId: arxivIdOf(item, extra),
      tags: tags.map((tag) => membersOf(tag)?.tag ?? tag),
      flags: /retracted/i.test(JSON.stringify(tags).slice(0, 5000)) ? ["retracted"] : undefined,
    };
  },
};

const itemOf = (object: JsonObject): JsonObject => membersOf(object.data) ?? object;

function arxivIdOf(item: JsonObject, extra: string): string | undefined {
  const archived = /^arxiv:/i.test(textIn(item.archiveID) ?? "") ? textIn(item.archiveID) : undefined;
  return archived ?? /\barXiv:\s?[\w./-]{6,30}/i.exec(extra)?.[0];
}
