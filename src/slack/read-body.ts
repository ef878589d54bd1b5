import type { IncomingMessage } from "node:http";

/** Bytes: Slack's own requests are well below, and an unsigned one is not to be read without end. */
const MAX_BODY_BYTES = 1024 * 1024;

/** @returns undefined for one that is too long, which is not read to its end @throws Error when its sender goes */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > MAX_BODY_BYTES) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Iterating would close the connection with the loop, before the refusal is sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
