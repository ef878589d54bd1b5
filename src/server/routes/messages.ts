import { AppError } from "../../errors.ts";
import { Feedback, Message } from "../../protocol.ts";
import { json, nothing } from "../http/reply.ts";
import { defineRoute } from "../http/route.ts";
import { checkSeq } from "../socket/check-seq.ts";

export const messageRoutes = [
  defineRoute({
    method: "get",
    path: "/api/messages/:id",
    summary: "A message",
    answers: [{ status: 200, description: "The message", schema: Message }],
    errors: ["not_found"],
    handle: ({ asker, param }, { assistant }) =>
      json(assistant.conversations.message(asker.owner, param("id"))),
  }),
  defineRoute({
    method: "get",
    path: "/api/messages/:id/events",
    summary: "The frames of an answer after Last-Event-ID, live while it streams",
    answers: [
      { status: 200, description: "The frames", mediaTypes: ["text/event-stream"] },
      { status: 204, description: "There is none after Last-Event-ID, and none will come" },
    ],
    errors: ["not_found", "resume_unavailable"],
    handle: ({ asker, param, lastEventId }, { runs }) => {
      const run = runs.find(asker.owner, param("id"));
      const afterSeq = seqOf(lastEventId);
      checkSeq(run, afterSeq, "Last-Event-ID");
      // 204 is how an EventSource learns not to come again.
      return run.over && afterSeq === run.lastSeq ? nothing : { kind: "events", run, afterSeq };
    },
  }),
  defineRoute({
    method: "post",
    path: "/api/messages/:id/feedback",
    summary: "Rates an answer; replaces an earlier rating",
    body: Feedback,
    answers: [{ status: 204, description: "Stored" }],
    errors: ["not_found", "busy"],
    handle: async ({ asker, param, body, gone }, { assistant }) => {
      await assistant.conversations.giveFeedback(asker.owner, param("id"), body, gone);
      return nothing;
    },
  }),
];

function seqOf(lastEventId: string | undefined): number {
  const text = lastEventId ?? "0";
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const shown = JSON.stringify(text.slice(0, 40));
  throw new AppError("bad_request", `Last-Event-ID is ${shown}: it takes the id of an event`, {
    field: "Last-Event-ID",
  });
}
