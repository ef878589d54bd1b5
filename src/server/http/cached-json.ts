/** Large JSON that does not change: serialised once, compressed once, and not sent to a client that has it. */
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Response } from "express";

export interface CachedJson {
  readonly plain: Buffer;
  readonly gzipped: Buffer;
  readonly etag: string;
}

const kept = new WeakMap<object, Promise<CachedJson>>();

/** @param value not changed any more */
export function cachedJson(value: object): Promise<CachedJson> {
  const known = kept.get(value) ?? make(value);
  kept.set(value, known);
  return known;
}

async function make(value: object): Promise<CachedJson> {
  const plain = Buffer.from(JSON.stringify(value));
  const etag = `"${createHash("sha256").update(plain).digest("base64url")}"`;
  return { plain, gzipped: await promisify(gzip)(plain), etag };
}

export function sendKept(response: Response, { plain, gzipped, etag }: CachedJson): void {
  const isZipped = response.req.acceptsEncodings(["gzip", "identity"]) === "gzip";
  response.vary("Accept-Encoding").set({
    "Content-Type": "application/json; charset=utf-8",
    // Kept by this browser alone, and asked for again each time.
    "Cache-Control": "private, no-cache",
    // The two forms are of different bytes, so their tags differ.
    ETag: isZipped ? etag.replace(/"$/, '-gzip"') : etag,
    ...(isZipped && { "Content-Encoding": "gzip" }),
  });
  // Express answers 304 where the tag is the one that the client has.
  response.send(isZipped ? gzipped : plain);
}
