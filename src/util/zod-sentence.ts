import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** Characters of a wrong value that the sentence repeats. */
const SHOWN = 40;
const UNITS: Readonly<Record<string, string>> = { string: "characters", array: "items" };

/**
 * What is wrong with `input`, as one sentence: the field, its value, what it takes.
 * `whole` names the input when the fault is not in one of its fields.
 */
export function zodSentence(issue: Issue, input: unknown, whole: string): string {
  const name = fieldOf(issue) ?? whole;
  const value = valueAt(input, issue.path);
  switch (issue.code) {
    case "invalid_type":
      if (value === undefined) return `${name} is missing: it takes ${kind(issue.expected)}`;
      return `${name} is ${shown(value)}: it takes ${kind(issue.expected)}`;
    case "too_big":
      return `${name} ${size(issue.origin, value)}: at most ${count(issue.maximum)} ${allowed(issue.origin)}`;
    case "too_small":
      return `${name} ${size(issue.origin, value)}: at least ${count(issue.minimum)} ${allowed(issue.origin)}`;
    case "invalid_value":
      return `${name} is ${shown(value)}: it takes ${oneOf(issue.values)}`;
    case "invalid_union":
      return `${name} is ${shown(value)}: it takes ${oneOf(("options" in issue && issue.options) || ["another form"])}`;
    case "unrecognized_keys":
      return `${name} has an unknown field ${shown(issue.keys[0])}`;
    case "custom":
      return `${name} ${issue.message}`;
    default:
      return `${name} is ${shown(value)}: it ${issue.message}`;
  }
}

/** `scope.paperIds.3`; undefined for the input as a whole. */
export function fieldOf({ path }: Pick<Issue, "path">): string | undefined {
  return path.length === 0 ? undefined : path.map(String).join(".");
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined),
    input,
  );
}

/** Never the inside of a list or an object: it may be nested deeper than JSON.stringify can follow. */
function shown(value: unknown): string {
  if (value === undefined) return "missing";
  if (typeof value === "string") {
    return JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);
  }
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

function size(origin: string, value: unknown): string {
  const unit = UNITS[origin];
  const length = typeof value === "string" || Array.isArray(value) ? value.length : 0;
  return unit === undefined ? `is ${shown(value)}` : `has ${count(length)} ${unit}`;
}

const allowed = (origin: string): string => (UNITS[origin] === undefined ? "is allowed" : "are allowed");
const count = (number: number | bigint): string => number.toLocaleString("en");

function kind(expected: string): string {
  if (expected === "int") return "a whole number";
  if (expected === "array") return "a list";
  return `${/^[aeiou]/.test(expected) ? "an" : "a"} ${expected}`;
}

function oneOf(values: readonly unknown[]): string {
  const names = values.map(String);
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} or ${last}`;
}
