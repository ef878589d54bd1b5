import { Answer, AskBody } from "../../protocol.ts";
import { wholeAnswer } from "../answers/whole-answer.ts";
import { json } from "../http/reply.ts";
import { defineRoute } from "../http/route.ts";

export const askRoutes = [
  defineRoute({
    method: "post",
    path: "/api/ask",
    summary: "An answer: whole as JSON, or as it is written, as server-sent events",
    body: AskBody,
    answers: [
      {
        status: 200,
        description: "The answer",
        schema: Answer,
        mediaTypes: ["application/json", "text/event-stream"],
      },
    ],
    errors: ["not_found", "conflict", "rate_limited", "indexing", "busy", "model_error"],
    handle: async ({ asker, body, wantsEvents, gone }, { runs }) => {
      const run = runs.start(asker, body);
      if (wantsEvents) {
        // Until the first event a failure still has a status of its own. From then on the answer goes on without its
        // asker, who knows its id and can come back for it.
        await run.started;
        return { kind: "events", run, afterSeq: 0 };
      }
      // Nobody else knows the id of this one.
      gone.addEventListener("abort", () => run.cancel());
      return json(await wholeAnswer(run));
    },
  }),
];
