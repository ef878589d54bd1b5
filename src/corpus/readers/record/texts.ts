/** Texts out of whatever a source writes for one. */

/** Members that hold the text of what is an object: OpenReview's `{value}`, OpenAlex's and Mendeley's names. */
const INNER = [
  "value",
  "text",
  "name",
  "display_name",
  "raw",
  "title",
  "label",
  "term",
  "tag",
  "#text",
  "content",
  "id",
];
/** Objects in one another. */
const MOST_DEPTH = 4;

/** The text that a value is or holds; of several the first. Numbers are texts too. */
export function textIn(value: unknown, depth = 0): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value !== "object" || value === null || depth > MOST_DEPTH) return undefined;
  if (Array.isArray(value)) {
    for (const item of value) {
      const text = textIn(item, depth + 1);
      if (text !== undefined) return text;
    }
    return undefined;
  }
  const members = value as Record<string, unknown>;
  for (const name of INNER) {
    const text = textIn(members[name], depth + 1);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The texts of a list, or of one that stands alone. */
export function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => textIn(item) ?? []);
  const inner = membersOf(value)?.value;
  if (Array.isArray(inner)) return textsIn(inner);
  const text = textIn(value);
  return text === undefined ? [] : [text];
}

export function membersOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** null, "" and [] say no more than an absent member; nor do what spreadsheets and pandas write for it. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || (typeof value === "number" && Number.isNaN(value)))
    return true;
  if (typeof value === "string") return /^\s*(?:nan|null|none|na|undefined|-)?\s*$/i.test(value);
  if (Array.isArray(value)) return value.every((item) => !Array.isArray(item) && isBlank(item));
  return "value" in Object(value) && isBlank((value as { value: unknown }).value);
}

/** Characters of a broken value that a reason quotes. */
const QUOTED = 60;

export function quote(value: unknown): string {
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
