import { normalizeDoi } from "../../../identity/normalize-doi.ts";
import type { PaperMark } from "../../../paper.ts";
import { firstText } from "../../record/by-alias.ts";
import { isBlank, membersOf, textIn } from "../../record/texts.ts";
import type { JsonObject, JsonShape } from "./shape.ts";

/** What an update says of the paper that it updates. */
const FLAGS: ReadonlyArray<[type: RegExp, flag: string]> = [
  [/retract|removal/i, "retracted"],
  [/withdraw/i, "withdrawn"],
  [/concern/i, "expression of concern"],
];
/** The dates of a work, the first printed one first. */
const DATES = ["published", "published-print", "published-online", "issued", "created"];

/** Works of Crossref: titles are lists, dates lists of parts, abstracts JATS. */
export const crossrefShape: JsonShape = {
  fits: (object) =>
    "DOI" in object &&
    (Array.isArray(object.title) ||
      "update-to" in object ||
      "is-referenced-by-count" in object ||
      "indexed" in object ||
      ("container-title" in object && Array.isArray(object["container-title"]))),

  draft(object) {
    const [title, subtitle] = [firstText(object.title), firstText(object.subtitle)];
    return {
      title: title !== undefined && subtitle !== undefined ? `${title}: ${subtitle}` : title,
      abstract: object.abstract,
      authors: object.author,
      year: DATES.map((name) => object[name]).find((date) => !isBlank(date)),
      venue: firstText(object["container-title"], membersOf(object.event)?.name, object.institution),
      url: firstText(object.URL, membersOf(membersOf(object.resource)?.primary)?.URL),
      doi: object.DOI,
      tags: object.subject,
      flags: updates(object["updated-by"]).map(({ flag }) => flag),
      marks: updates(object["update-to"]).flatMap(({ doi, flag }): PaperMark[] =>
        doi === undefined ? [] : [{ key: `doi:${doi.toLowerCase()}`, flag }],
      ),
    };
  },
};

function updates(value: unknown): { doi: string | undefined; flag: string }[] {
  return (Array.isArray(value) ? value : [value]).flatMap((each) => {
    const update: JsonObject | undefined = membersOf(each);
    const type = `${textIn(update?.type) ?? ""} ${textIn(update?.label) ?? ""}`;
    const flag = FLAGS.find(([pattern]) => pattern.test(type))?.[1];
    return flag === undefined ? [] : [{ doi: normalizeDoi(textIn(update?.DOI) ?? ""), flag }];
  });
}
