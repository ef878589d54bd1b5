import type { RawData } from "ws";
import { AppError } from "../../errors.ts";
import { RequestId } from "../../protocol.ts";

/** The JSON of a frame. @throws AppError bad_request */
export function readFrame(data: RawData, isBinary: boolean): unknown {
  if (isBinary) throw new AppError("bad_request", "The frame is binary: it takes JSON as text");
  try {
    return JSON.parse(data.toString());
  } catch {
    throw new AppError("bad_request", "The frame is not valid JSON");
  }
}

/** Of a frame that may be wrong elsewhere, so that the client can tell which request the error is about. */
export function requestIdOf(raw: unknown): string | undefined {
  if (typeof raw !== "object" || raw === null || !("requestId" in raw)) return undefined;
  return RequestId.safeParse(raw.requestId).data;
}
