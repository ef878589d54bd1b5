import { normalizeArxivId } from "../../../identity/normalize-arxiv-id.ts";
import { membersOf } from "../../record/texts.ts";
import type { JsonShape } from "./shape.ts";

/** arXiv's metadata snapshot: the first version's date is the paper's, `authors` is one text. */
export const arxivShape: JsonShape = {
  fits: (object) =>
    "categories" in object &&
    ("authors_parsed" in object || "versions" in object || "update_date" in object) &&
    normalizeArxivId(String(object.id)) !== undefined,

  draft(object) {
    const versions = object.versions;
    const first = Array.isArray(versions) ? membersOf(versions[0])?.created : undefined;
    const categories = object.categories;
    const parsed = object.authors_parsed;
    return {
      title: object.title,
      abstract: object.abstract,
      authors: Array.isArray(parsed) && parsed.length > 0 ? parsed : object.authors,
      year: first ?? object.update_date,
      venue: object["journal-ref"],
      doi: typeof object.doi === "string" ? object.doi.split(/\s+/)[0] : object.doi,
      arxivId: object.id,
      tags: typeof categories === "string" ? categories.split(/\s+/) : categories,
    };
  },
};
