import { withoutUndefined } from "../../../util/without-undefined.ts";
import type { ReadItem } from "../reader.ts";
import type { RecordResult } from "./to-record.ts";

/** What a reader tells of one record. @param line the line (from 1) that it ends on, or begins where it is broken */
export function itemOf(result: RecordResult, line: number): ReadItem {
  if ("record" in result) {
    return { record: result.record, line, ...(result.notes.length === 0 ? {} : { notes: result.notes }) };
  }
  const named = withoutUndefined(result.named ?? {});
  return {
    problem: { line, reason: result.reason },
    ...(Object.keys(named).length === 0 ? {} : { named }),
  };
}
