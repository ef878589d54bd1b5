import { AppError } from "../errors.ts";
import type { SqlRow } from "./sqlite-database.ts";
import { integerOf } from "./sqlite-rows.ts";

/** A place in a list as an opaque cursor. It names the last item seen, not a count, so that inserts shift nothing. */
function toCursor(position: number): string {
  return Buffer.from(`after:${position}`).toString("base64url");
}

/** @throws AppError bad_request when `toCursor` did not make it */
export function fromCursor(cursor: string): number {
  const position = /^after:(\d{1,15})$/.exec(Buffer.from(cursor, "base64url").toString())?.[1];
  if (position === undefined) {
    throw new AppError("bad_request", "cursor takes the nextCursor of the page before", { field: "cursor" });
  }
  return Number(position);
}

/** The cursor after the last of `limit` rows, when one more row was found. */
export function nextCursor(rows: readonly SqlRow[], limit: number, column: string): { nextCursor?: string } {
  const last = rows[limit - 1];
  return rows.length > limit && last !== undefined ? { nextCursor: toCursor(integerOf(last, column)) } : {};
}
