import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Response } from "express";
import type { AnswerRun } from "../answers/answer-run.ts";
import { type CachedJson, sendKept } from "./cached-json.ts";
import { sendEvents } from "./event-stream.ts";
import type { Services } from "./route.ts";

/** What a route answers, before it is bytes. */
export type Reply =
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
  | { readonly kind: "kept"; readonly content: CachedJson }
  | { readonly kind: "events"; readonly run: AnswerRun; readonly afterSeq: number }
  | { readonly kind: "nothing" };

export const json = (body: unknown, status = 200): Reply => ({ kind: "json", body, status });
export const nothing: Reply = { kind: "nothing" };

export async function sendReply(
  response: Response,
  reply: Reply,
  services: Pick<Services, "limits" | "metrics">,
  gone: AbortSignal,
): Promise<void> {
  // The connection of a client that does not take its answer is cut; an event stream has a measure of its own.
  if (reply.kind !== "events") {
    response.setTimeout(services.limits.stuck, () => {
      services.metrics.clientsDropped.increment({ reason: "too_slow" });
      response.destroy();
    });
  }
  switch (reply.kind) {
    case "json":
      response.status(reply.status ?? 200).json(reply.body);
      return;
    case "document":
      response.type(reply.mediaType).send(reply.body);
      return;
    case "stream":
      response.attachment(reply.fileName).type(reply.mediaType);
      // What the client has yet to take is waited for; when it goes, nothing more is made.
      return pipeline(Readable.from(reply.chunks, { highWaterMark: 1 }), response, { signal: gone });
    case "kept":
      sendKept(response, reply.content);
      return;
    case "events":
      return sendEvents(response, reply, services, gone);
    case "nothing":
      response.status(204).end();
  }
}
