import type { RecordName } from "../reader.ts";
import { membersOf, quote } from "../record/texts.ts";
import { type RecordResult, toRecord } from "../record/to-record.ts";
import { parseJson } from "./parse-json.ts";
import { toDraft } from "./to-draft.ts";

/** Characters of an error's message that a reason quotes. */
const QUOTED = 180;

/** One JSON object → a record; members that are not known are ignored. */
export function parseJsonRecord(json: string): RecordResult {
  let value: unknown;
  try {
    value = parseJson(json);
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, QUOTED) : quote(json);
    return { reason: `not valid JSON: ${why}`, named: namedIn(json) };
  }
  const object = membersOf(value);
  if (object === undefined) return { reason: `takes an object with title and abstract, not ${quote(value)}` };
  return toRecord(toDraft(object));
}

/** Title and DOI of what is no JSON: which paper it was meant to be. */
function namedIn(json: string): RecordName {
  const text = (member: string): string | undefined => {
    const found = new RegExp(`"${member}"\\s{0,9}:\\s{0,9}("(?:[^"\\\\]|\\\\.){1,2000}")`, "i").exec(
      json,
    )?.[1];
    try {
      return found === undefined ? undefined : String(JSON.parse(found));
    } catch {
      return undefined;
    }
  };
  const [title, doi, arxivId] = [text("title"), text("doi"), text("arxivId")];
  return {
    ...(title === undefined ? {} : { title }),
    ...(doi === undefined ? {} : { doi }),
    ...(arxivId === undefined ? {} : { arxivId }),
  };
}
