import type { IncomingMessage } from "node:http";

/** Whose conversations a request may see. Without keys there is one owner (API: "Who asks"). */
export function ownerOf(_request: IncomingMessage): string {
  return "local";
}
