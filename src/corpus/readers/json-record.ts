import { z } from "zod";
import { withoutUndefined } from "../../util/without-undefined.ts";
import { cleanText } from "../clean-text.ts";
import type { PaperRecord } from "../paper.ts";

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
const fourDigits = rule("a year of four digits");
/** As a number or as text. */
const year = z.preprocess(
  (value) => (typeof value === "string" && /^\d{4}$/.test(value) ? Number(value) : value),
  z.int(fourDigits).min(1000, fourDigits).max(9999, fourDigits),
);
const httpUrl = z.url({ protocol: /^https?$/, ...rule("an http:// or https:// address") });
const list = z.array(text, rule("a list of text"));

/** null, "" and [] say no more than an absent member. */
const optional = <T extends z.ZodType>(type: T) =>
  z.preprocess((value) => (isBlank(value) ? undefined : value), type.optional());

const JsonRecord = z.object(
  {
    title: text.transform(oneLine),
    abstract: text,
    authors: optional(list),
    year: optional(year),
    venue: optional(text),
    url: optional(httpUrl),
    doi: optional(text),
    arxivId: optional(text),
    tags: optional(list),
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

/** However a file wraps a title, it is one line. */
function oneLine(title: string): string {
  return title
    .split(/[\r\n]+/)
    .map((part) => part.trim())
    .join(" ");
}

function isBlank(value: unknown): boolean {
  return (
    value === null ||
    (typeof value === "string" && value.trim() === "") ||
    (Array.isArray(value) && value.length === 0)
  );
}

function quote(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > QUOTED ? `${json.slice(0, QUOTED)}…` : json;
}
