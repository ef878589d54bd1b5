import { firstText } from "../../record/by-alias.ts";
import { membersOf } from "../../record/texts.ts";
import type { JsonShape } from "./shape.ts";

/** Documents of Mendeley's API: names and identifiers are in objects of their own. */
export const mendeleyShape: JsonShape = {
  fits: (object) => membersOf(object.identifiers) !== undefined && "title" in object,

  draft(object) {
    const ids = membersOf(object.identifiers);
    return {
      title: object.title,
      abstract: object.abstract,
      authors: object.authors,
      year: object.year,
      venue: object.source,
      url: firstText(object.websites, object.url, object.link),
      doi: ids?.doi,
      arxivId: ids?.arxiv,
      tags: object.keywords ?? object.tags,
    };
  },
};
