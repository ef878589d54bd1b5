import { firstText } from "../../record/by-alias.ts";
import { isBlank, membersOf, textIn } from "../../record/texts.ts";
import type { JsonShape } from "./shape.ts";

/** Notes of OpenReview, whose members are texts (API 1) or `{value}` (API 2). */
export const openReviewShape: JsonShape = {
  fits: (object) => {
    const content = membersOf(object.content) ?? object;
    const title = content.title;
    return (
      (membersOf(object.content) !== undefined ||
        ["forum", "invitation", "invitations", "venueid"].some((name) => name in object)) &&
      (typeof title === "string" || membersOf(title)?.value !== undefined)
    );
  },

  draft(object) {
    const content = membersOf(object.content) ?? object;
    const value = (name: string): unknown => membersOf(content[name])?.value ?? content[name];
    const id = firstText(object.forum, object.id);
    const venue = firstText(value("venue"), value("venueid"));
    const decision = `${venue ?? ""} ${textIn(value("venueid")) ?? ""}`;
    const dates = [object.pdate, value("year"), venue, object.odate, object.cdate, object.tcdate];
    return {
      title: value("title"),
      abstract: firstText(value("abstract"), value("TL;DR"), value("TLDR")),
      authors: value("authors"),
      year: dates.find((date) => !isBlank(date) && (typeof date === "number" || /\d{4}/.test(String(date)))),
      venue,
      url:
        id !== undefined && /^[\w-]{1,40}$/.test(id) ? `https://openreview.net/forum?id=${id}` : value("url"),
      doi: value("doi"),
      arxivId: value("arxiv_id") ?? value("arxiv"),
      tags: value("keywords"),
      flags: /withdrawn/i.test(decision) ? ["withdrawn"] : undefined,
    };
  },
};
