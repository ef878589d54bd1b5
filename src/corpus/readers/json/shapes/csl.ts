import { isBlank, textIn } from "../../record/texts.ts";
import type { JsonShape } from "./shape.ts";

/** CSL-JSON (https://docs.citationstyles.org), as Zotero, Mendeley and Footnote export it. */
export const cslShape: JsonShape = {
  fits: (object) =>
    typeof object.title === "string" &&
    ("issued" in object ||
      "container-title" in object ||
      Array.isArray(object.author) ||
      "citation-key" in object),

  draft(object) {
    const number = textIn(object.number) ?? "";
    const note = textIn(object.note) ?? "";
    const archived = /^arxiv$/i.test(textIn(object.archive) ?? "")
      ? textIn(object.archive_location)
      : undefined;
    const keywords = object.keyword;
    return {
      title: object.title,
      abstract: object.abstract,
      authors: object.author,
      year: [object.issued, object["original-date"], object["event-date"]].find((date) => !isBlank(date)),
      venue: object["container-title"] ?? object["event-title"] ?? object.event,
      url: object.URL,
      doi: object.DOI,
      arxivId: /^arxiv:/i.test(number) ? number : (archived ?? /\barXiv:\s?[\w./-]{6,30}/i.exec(note)?.[0]),
      tags: typeof keywords === "string" ? keywords.split(/[,;]/) : keywords,
      flags: /\bretracted\b/i.test(note)
        ? ["retracted"]
        : /\bwithdrawn\b/i.test(note)
          ? ["withdrawn"]
          : undefined,
    };
  },
};
