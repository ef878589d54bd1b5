import { RECORD_BOUNDS } from "../../corpus/readers/record/record-bounds.ts";
import type { Paper } from "../../protocol.ts";
import { firstLetters } from "../../util/strings.ts";

/**
 * The record with no more of each text than is read of a new one. Papers stored before there were bounds may have more,
 * and citeproc takes cubic time over some titles.
 */
export function boundedRecord(paper: Paper): Paper {
  const { title, venue, authors } = paper;
  return {
    ...paper,
    title: firstLetters(title, RECORD_BOUNDS.title),
    ...(venue === undefined ? {} : { venue: firstLetters(venue, RECORD_BOUNDS.venue) }),
    ...(authors === undefined
      ? {}
      : {
          authors: authors
            .slice(0, RECORD_BOUNDS.authors)
            .map((names) => firstLetters(names, RECORD_BOUNDS.authorText)),
        }),
  };
}
