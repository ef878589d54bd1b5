import { AppError } from "../errors.ts";

/** The cursor of the page that starts at `offset` of a list of `total`; nothing where the list has ended. */
export function encodeOffset(offset: number, total: number): { nextCursor?: string } {
  return offset < total ? { nextCursor: Buffer.from(String(offset)).toString("base64url") } : {};
}

/** @throws AppError (bad_request) for a cursor that no page gave. */
export function decodeOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const text = Buffer.from(cursor, "base64url").toString();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new AppError("bad_request", `cursor "${cursor}" is not one that a list gave: start without it`, {
    field: "cursor",
  });
}
