import { z } from "zod";
import { oneLine } from "../../util/strings.ts";
import { withoutUndefined } from "../../util/without-undefined.ts";
import type { PaperRecord } from "../paper.ts";
import { cleanText } from "../plain/clean-text.ts";
import { evenSpaces, excess, excessOfAuthors, RECORD_BOUNDS } from "./record/record-bounds.ts";

/** Characters of a broken line or value that a reason quotes. */
const QUOTED = 60;

const rule = (takes: string) => ({
  error: ({ input }: { input?: unknown }) =>
    input === undefined || input === null ? "is missing" : `takes ${takes}, not ${quote(input)}`,
});
const text = z
  .string(rule("text"))
  .transform(cleanText)
  .refine((value) => value !== "", "is empty");
/** However a file wraps it, a title is one line. */
const line = (most: number) => bounded(text.transform(oneLine), (value) => excess(value, most));
const fourDigits = rule("a year of four digits");
/** As a number or as text. */
const year = z.preprocess(
  (value) => (typeof value === "string" && /^\d{4}$/.test(value) ? Number(value) : value),
  z.int(fourDigits).min(1000, fourDigits).max(9999, fourDigits),
);
const httpUrl = z.url({ protocol: /^https?$/, ...rule("an http:// or https:// address") });
const list = (item: z.ZodType<string>) => z.array(item, rule("a list of text"));

function bounded<T extends z.ZodType>(type: T, reasonOf: (value: z.output<T>) => string | undefined) {
  return type.superRefine((value, context) => {
    const message = reasonOf(value);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });
}

/** null, "" and [] say no more than an absent member. */
const optional = <T extends z.ZodType>(type: T) =>
  z.preprocess((value) => (isBlank(value) ? undefined : value), type.optional());

const JsonRecord = z.object(
  {
    title: line(RECORD_BOUNDS.title),
    abstract: bounded(text.transform(evenSpaces), (value) => excess(value, RECORD_BOUNDS.abstract)),
    authors: optional(bounded(list(text.transform(oneLine)), excessOfAuthors)),
    year: optional(year),
    venue: optional(line(RECORD_BOUNDS.venue)),
    url: optional(bounded(httpUrl, (value) => excess(value, RECORD_BOUNDS.address))),
    doi: optional(line(RECORD_BOUNDS.address)),
    arxivId: optional(line(RECORD_BOUNDS.address)),
    tags: optional(
      list(line(RECORD_BOUNDS.tag)).max(RECORD_BOUNDS.tags, `has more than ${RECORD_BOUNDS.tags} entries`),
    ),
  },
  rule("an object with title and abstract"),
);

/** One JSON object with at least title and abstract → a record; other members are ignored. */
export function parseJsonRecord(json: string): { record: PaperRecord } | { reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return {
      reason: `not valid JSON: ${error instanceof Error ? error.message.slice(0, 3 * QUOTED) : quote(json)}`,
    };
  }
  const result = JsonRecord.safeParse(value);
  if (result.success) return { record: withoutUndefined(result.data) };
  const reasons = result.error.issues.map(
    ({ path, message }) => `${path.join(".") || "the line"} ${message}`,
  );
  return { reason: [...new Set(reasons)].join("; ") };
}

function isBlank(value: unknown): boolean {
  return (
    value === null ||
    (typeof value === "string" && value.trim() === "") ||
    (Array.isArray(value) && value.length === 0)
  );
}

function quote(value: unknown): string {
  const json = jsonOf(value);
  return json.length > QUOTED ? `${json.slice(0, QUOTED)}…` : json;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // What is nested in thousands of brackets can be parsed, and overflows the stack here.
    return Array.isArray(value) ? "a list of lists of lists …" : "an object of objects of objects …";
  }
}
