import { membersOf, textIn } from "./texts.ts";

/** Of dates as CSL and Crossref have them: `{"date-parts": [[2021, 5, 3]]}`, `{"raw": "May 2021"}`. */
const DATE_MEMBERS = ["date-parts", "raw", "literal", "year", "date-time", "value"];
const YEAR = /(?<!\d)(1\d{3}|2\d{3})(?:\.0+)?(?![\d.]*\d)/;
const EARLIEST = 1000;
const LATEST = 2999;

/** The year of a date in whatever form: 2021, "2021.0", "2021-05-03", "May 2021"; undefined when there is none. */
export function readYear(value: unknown): number | undefined {
  if (typeof value === "number") {
    // Milliseconds since 1970, as OpenReview dates: no year has so many digits.
    if (value > 1e11 && value < 1e14) return new Date(value).getUTCFullYear();
    return Number.isInteger(value) && value >= EARLIEST && value <= LATEST ? value : undefined;
  }
  if (Array.isArray(value)) return value.length > 0 ? readYear(value[0]) : undefined;
  const members = membersOf(value);
  if (members !== undefined) {
    for (const name of DATE_MEMBERS) {
      const year = members[name] === undefined ? undefined : readYear(members[name]);
      if (year !== undefined) return year;
    }
    return undefined;
  }
  const text = textIn(value)?.slice(0, 100) ?? "";
  const packed = /^\s*(1\d{3}|2\d{3})(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\s*$/.exec(text);
  const found = packed ?? YEAR.exec(text);
  return found === null ? undefined : Number(found[1]);
}
