import { firstText } from "../../record/by-alias.ts";
import { membersOf, textIn } from "../../record/texts.ts";
import type { JsonObject, JsonShape } from "./shape.ts";

/** Words of an abstract at most: places far behind are faults, and would make room for themselves. */
const MOST_WORDS = 20_000;

/** Works of OpenAlex; their abstracts are indexes of words, which are put back in order. */
export const openAlexShape: JsonShape = {
  fits: (object) =>
    "abstract_inverted_index" in object ||
    ("authorships" in object && ("display_name" in object || "publication_year" in object)),

  draft(object) {
    const location = membersOf(object.primary_location);
    const source = membersOf(location?.source) ?? membersOf(object.host_venue);
    const ids = membersOf(object.ids);
    const landing = firstText(location?.landing_page_url, object.id);
    return {
      title: firstText(object.title, object.display_name),
      abstract: abstractOf(object.abstract_inverted_index) ?? object.abstract,
      authors: object.authorships,
      year: object.publication_year ?? object.publication_date,
      venue: source?.display_name,
      url: landing !== undefined && /^https?:/i.test(landing) ? landing : undefined,
      doi: object.doi ?? ids?.doi,
      arxivId: arxivIdOf(object),
      tags: topicsOf(object),
      flags: object.is_retracted === true ? ["retracted"] : undefined,
    };
  },
};

function abstractOf(value: unknown): string | undefined {
  const index = membersOf(value);
  if (index === undefined) return typeof value === "string" ? value : undefined;
  const words: [number, string][] = [];
  for (const [word, places] of Object.entries(index)) {
    for (const place of Array.isArray(places) ? places : [places]) {
      if (Number.isInteger(place) && place >= 0 && words.length < MOST_WORDS) words.push([place, word]);
    }
  }
  return words
    .sort(([a], [b]) => a - b)
    .map(([, word]) => word)
    .join(" ");
}

function arxivIdOf(object: JsonObject): string | undefined {
  const locations = Array.isArray(object.locations) ? object.locations : [];
  const addresses = [object.primary_location, ...locations].map((location) =>
    textIn(membersOf(location)?.landing_page_url),
  );
  return addresses.find((address) => address !== undefined && /arxiv\.org\/(?:abs|pdf)\//i.test(address));
}

function topicsOf(object: JsonObject): string[] | undefined {
  const keywords = [object.keywords, object.topics, object.concepts].find(
    (list) => Array.isArray(list) && list.length > 0,
  );
  if (!Array.isArray(keywords)) return undefined;
  return keywords.flatMap((item) => firstText(membersOf(item)?.display_name, item) ?? []);
}
