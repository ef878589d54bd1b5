import type { IncomingMessage, ServerResponse } from "node:http";
import {
  boltLogger,
  CLOSE_GRACE_MS,
  type RunningSlack,
  type SlackOptions,
  SlackParts,
} from "./slack-parts.ts";

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
  const { parseAndVerifyHTTPRequest, parseHTTPRequestBody } = bolt.HTTPModuleFunctions;
  const { signingSecret } = options;
  const parts = new SlackParts(bolt, options);
  const receiver = new bolt.HTTPReceiver({
    signingSecret,
    endpoints: [EVENTS_PATH],
    logger: boltLogger(parts.logger),
    // Acknowledged once it is kept: what cannot be kept, Slack sends again.
    processBeforeResponse: true,
  });
  parts.listen(receiver);
  // Of a refusal the log and `state` tell.
  void parts.identify({ refused: "wait" }).then(() => parts.bot.recover());

  /** Hands on what Bolt can answer. @returns the status that answers it otherwise */
  async function take(request: IncomingMessage, response: ServerResponse): Promise<number | undefined> {
    // Bolt knows the one address alone, which express also takes in other spellings.
    if (request.method !== "POST" || request.url?.split("?")[0] !== EVENTS_PATH) return 404;
    const rawBody = await readBody(request);
    if (rawBody === undefined) return 413;
    const read = Object.assign(request, { rawBody });
    try {
      await parseAndVerifyHTTPRequest({ signingSecret }, read);
    } catch {
      return 401;
    }
    const body = parsed(() => parseHTTPRequestBody(read));
    if (!isRecord(body) || (body.event !== undefined && !isRecord(body.event))) return 400;
    // Bolt answers it with 404, after three seconds.
    if (body.type === "app_rate_limited") return 200;
    receiver.requestListener(read, response);
    return undefined;
  }

  return {
    state: () => parts.health.state,
    close: (graceMs = CLOSE_GRACE_MS) => parts.close(graceMs),
    handle(request, response) {
      parts.bot.unacknowledged.begin();
      response.once("close", () => parts.bot.unacknowledged.end());
      take(request, response).then(
        (status) => {
          if (status === 413) response.setHeader("Connection", "close");
          if (status !== undefined) response.writeHead(status).end();
        },
        // Its sender has gone.
        () => response.destroy(),
      );
    },
  };
}

function parsed(parse: () => unknown): unknown {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

/** Of anything else Bolt reads fields all the same, where nobody catches what it throws. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Bytes: Slack's own requests are well below, and an unsigned one is not to be read without end. */
const MAX_BODY_BYTES = 1024 * 1024;

/** @returns undefined for one that is too long, which is not read to its end @throws Error when its sender goes */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
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
