import { createHash } from "node:crypto";
import { once } from "node:events";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Response } from "express";
import type { AnswerFrame } from "../../protocol.ts";
import type { AnswerRun } from "../answers/answer-run.ts";
import type { Services } from "../services.ts";

/** What a route answers, before it is bytes. */
export type RouteResult =
  | { readonly kind: "json"; readonly body: unknown; readonly status?: number }
  | {
      readonly kind: "document";
      readonly body: string;
      readonly mediaType: string;
    }
  | {
      readonly kind: "stream";
      readonly chunks: AsyncIterable<string>;
      readonly mediaType: string;
      readonly fileName: string;
    }
  | { readonly kind: "cached"; readonly content: CachedJson }
  | { readonly kind: "events"; readonly run: AnswerRun; readonly afterSeq: number }
  /** Server-sent events, each as it is written on the wire. */
  | { readonly kind: "raw-events"; readonly events: AsyncIterable<string> }
  | { readonly kind: "nothing" };

export const json = (body: unknown, status = 200): RouteResult => ({ kind: "json", body, status });
export const nothing: RouteResult = { kind: "nothing" };

export async function sendResult(
  response: Response,
  result: RouteResult,
  services: Pick<Services, "limits" | "metrics">,
  gone: AbortSignal,
): Promise<void> {
  // The connection of a client that does not take its answer is cut; an event stream has a measure of its own.
  if (result.kind !== "events" && result.kind !== "raw-events") {
    response.setTimeout(services.limits.stuck, () => {
      services.metrics.clientsDropped.increment({ reason: "too_slow" });
      response.destroy();
    });
  }
  switch (result.kind) {
    case "json":
      response.status(result.status ?? 200).json(result.body);
      return;
    case "document":
      response.type(result.mediaType).send(result.body);
      return;
    case "stream":
      response.attachment(result.fileName).type(result.mediaType);
      // What the client has yet to take is waited for; when it goes, nothing more is made.
      return pipeline(Readable.from(result.chunks, { highWaterMark: 1 }), response, { signal: gone });
    case "cached":
      sendCached(response, result.content);
      return;
    case "events": {
      const { run, afterSeq } = result;
      return sendEvents(response, eventTexts(run.follow(afterSeq, gone)), services, gone);
    }
    case "raw-events":
      return sendEvents(response, result.events, services, gone);
    case "nothing":
      response.status(204).end();
  }
}

const EVENT_HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "no-store",
  // nginx would hold the events back.
  "X-Accel-Buffering": "no",
};

async function* eventTexts(frames: AsyncIterable<AnswerFrame>): AsyncGenerator<string, void> {
  for await (const frame of frames) yield eventText(frame);
}

/**
 * Server-sent events, to the last one. A client that reads slowly is waited
 * for; one that takes nothing for `limits.stuck` is dropped. Resolves when it is over, however; never rejects.
 */
async function sendEvents(
  response: Response,
  events: AsyncIterable<string>,
  { limits, metrics }: Pick<Services, "limits" | "metrics">,
  gone: AbortSignal,
): Promise<void> {
  response.writeHead(200, EVENT_HEADERS);
  if (response.req.method === "HEAD") {
    response.end();
    return;
  }
  response.flushHeaders();
  // A comment now and then keeps proxies from closing a stream that waits.
  const beat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(": waiting\n\n");
  }, limits.ping);
  try {
    for await (const event of events) {
      if (!response.write(event)) await drained(response, limits.stuck, gone);
    }
    response.end();
  } catch {
    if (!gone.aborted) metrics.clientsDropped.increment({ reason: "too_slow" });
    response.destroy();
  } finally {
    clearInterval(beat);
  }
}

/** JSON holds no line break, so one `data:` line is enough. */
function eventText(frame: AnswerFrame): string {
  return `event: ${frame.type}\nid: ${frame.seq}\ndata: ${JSON.stringify(frame)}\n\n`;
}

async function drained(response: Response, ms: number, gone: AbortSignal): Promise<void> {
  await once(response, "drain", { signal: AbortSignal.any([gone, AbortSignal.timeout(ms)]) });
}

/** Large JSON that does not change: serialised once, compressed once, and not sent to a client that has it. */
interface CachedJson {
  readonly plain: Buffer;
  readonly gzipped: Buffer;
  readonly etag: string;
}

const cached = new WeakMap<object, Promise<CachedJson>>();

/** @param value not changed any more */
export function cachedJson(value: object): Promise<CachedJson> {
  const known = cached.get(value) ?? make(value);
  cached.set(value, known);
  return known;
}

async function make(value: object): Promise<CachedJson> {
  const plain = Buffer.from(JSON.stringify(value));
  const etag = `"${createHash("sha256").update(plain).digest("base64url")}"`;
  return { plain, gzipped: await promisify(gzip)(plain), etag };
}

function sendCached(response: Response, { plain, gzipped, etag }: CachedJson): void {
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
