import { withoutUndefined } from "../../../util/without-undefined.ts";
import type { ReadItem } from "../reader.ts";
import type { Draft } from "./draft.ts";
import { type RecordResult, toRecord } from "./to-record.ts";

export const toItem = (draft: Draft, line: number): ReadItem => itemOf(toRecord(draft), line);

/** What a reader gives for one record. @param line the line (from 1) that it ends on, or begins where it is broken */
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
