import type { Response } from "express";
import type { AnswerRun } from "./answer-run.ts";
import { sendEvents } from "./event-stream.ts";
import type { ServerLimits } from "./server-limits.ts";

/** What a route answers, before it is bytes. */
export type Reply =
  | { readonly kind: "json"; readonly body: unknown; readonly status?: number }
  | {
      readonly kind: "document";
      readonly body: string;
      readonly mediaType: string;
      readonly fileName?: string;
    }
  | { readonly kind: "events"; readonly run: AnswerRun; readonly afterSeq: number }
  | { readonly kind: "nothing" };

export const json = (body: unknown, status = 200): Reply => ({ kind: "json", body, status });
export const nothing: Reply = { kind: "nothing" };

export async function sendReply(
  response: Response,
  reply: Reply,
  limits: ServerLimits,
  gone: AbortSignal,
): Promise<void> {
  switch (reply.kind) {
    case "json":
      response.status(reply.status ?? 200).json(reply.body);
      return;
    case "document":
      if (reply.fileName !== undefined) response.attachment(reply.fileName);
      response.type(reply.mediaType).send(reply.body);
      return;
    case "events":
      return sendEvents(response, reply, limits, gone);
    case "nothing":
      response.status(204).end();
  }
}
