import type { IncomingMessage, ServerResponse } from "node:http";
import { boltLogger } from "./bolt-logger.ts";
import { CLOSE_GRACE_MS, type RunningSlack, type SlackOptions, SlackParts } from "./slack-parts.ts";

/** Bytes: Slack's own requests are well below, and an unsigned one is not to be read without end. */
const MAX_BODY_BYTES = 1024 * 1024;

export const EVENTS_PATH = "/slack/events";

export interface MountedSlack extends RunningSlack {
  /** Answers the requests that come to `EVENTS_PATH`, their bodies unread: each without a right signature with 401. */
  handle(request: IncomingMessage, response: ServerResponse): void;
}

/** The bot over HTTP. Is there at once; whether Slack takes its token, `state` tells. */
export async function openSlackHttp(
  options: SlackOptions & { readonly signingSecret: string },
): Promise<MountedSlack> {
  const bolt = await import("@slack/bolt");
  const parts = new SlackParts(bolt, options);
  const receiver = new bolt.HTTPReceiver({
    signingSecret: options.signingSecret,
    endpoints: [EVENTS_PATH],
    logger: boltLogger(parts.logger),
    // Acknowledged once it is kept: what cannot be kept, Slack sends again.
    processBeforeResponse: true,
  });
  parts.listen(receiver);
  // Of a refusal the log and `state` tell.
  void parts.identify({ refused: "wait" }).then(() => parts.bot.recover());
  return {
    state: () => parts.health.state,
    close: (graceMs = CLOSE_GRACE_MS) => parts.close(graceMs),
    handle(request, response) {
      const announced = request.headers["content-length"];
      // Bolt knows the one address alone, which express also takes in other spellings.
      if (request.url?.split("?")[0] !== EVENTS_PATH) response.writeHead(404).end();
      else if (announced === undefined) response.writeHead(411, { Connection: "close" }).end();
      else if (Number(announced) > MAX_BODY_BYTES) response.writeHead(413, { Connection: "close" }).end();
      else {
        parts.bot.arrivals.begin();
        response.once("close", () => parts.bot.arrivals.end());
        receiver.requestListener(request, response);
      }
    },
  };
}
