/** What Slack sends, as it sends it. */
import { createHmac } from "node:crypto";
import { SIGNING_SECRET } from "./slack-server.ts";

let count = 0;
const next = (prefix: string): string => `${prefix}${++count}`;

export interface EventBody {
  readonly type: "event_callback";
  readonly event_id: string;
  readonly event: Record<string, unknown>;
}

/** The envelope of an event; each has its own event_id. */
export function eventBody(event: Record<string, unknown>): EventBody {
  return {
    type: "event_callback",
    ...{ token: "t", team_id: "T1", api_app_id: "A1", event_time: 1_700_000_000 },
    authorizations: [
      { enterprise_id: null, team_id: "T1", user_id: "UBOT", is_bot: true, is_enterprise_install: false },
    ],
    event_id: next("Ev"),
    event,
  } as EventBody;
}

type Fields = Record<string, unknown>;

/** A person's message in a channel; `ts` is a new one unless given. */
export function message(text: string, more: Fields = {}) {
  const ts = `1800000000.${String(++count).padStart(6, "0")}`;
  const base = { type: "message", channel: "C1", channel_type: "channel", user: "U1", team: "T1", ts, text };
  return { ...base, ...more } as Fields & { ts: string; channel: string };
}

export const directMessage = (text: string, more: Fields = {}) =>
  message(text, { channel: "D1", channel_type: "im", ...more });

export const mention = (text: string, more: Fields = {}) =>
  message(`<@UBOT> ${text}`, { type: "app_mention", ...more });

export function command(text: string, responseUrl: string, more: Fields = {}): Fields {
  return {
    ...{ command: "/papers", text, team_id: "T1", channel_id: "C1", user_id: "U1", api_app_id: "A1" },
    ...{ trigger_id: next("Tr"), response_url: responseUrl, is_enterprise_install: "false" },
    ...more,
  };
}

export function shortcut(on: { text: string; ts: string }, responseUrl: string, more: Fields = {}): Fields {
  return {
    ...{ type: "message_action", callback_id: "find_papers", trigger_id: next("Tr"), action_ts: "1.1" },
    ...{ team: { id: "T1" }, channel: { id: "C1" }, user: { id: "U1", team_id: "T1" } },
    ...{ message: { type: "message", user: "U2", ...on }, message_ts: on.ts, response_url: responseUrl },
    ...more,
  };
}

interface Pressed {
  readonly action_id: string;
  readonly value: string;
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string;
  readonly type?: string;
}

export function press({ action_id, value, channel, ts, threadTs, type = "button" }: Pressed): Fields {
  return {
    ...{
      type: "block_actions",
      trigger_id: next("Tr"),
      team: { id: "T1" },
      user: { id: "U1", team_id: "T1" },
    },
    container: { type: "message", message_ts: ts, channel_id: channel, thread_ts: threadTs },
    channel: { id: channel },
    message: { type: "message", ts, thread_ts: threadTs },
    actions: [{ type, action_id, value, block_id: "b", action_ts: "1.1" }],
  };
}

/** A request as Slack signs it: actions, commands and shortcuts as a form, all else as JSON. */
export function signed(body: unknown, { secret = SIGNING_SECRET, ageSeconds = 0, retry = 0 } = {}) {
  const { command, trigger_id } = (body ?? {}) as Fields;
  const isEvent = trigger_id === undefined;
  const form = command === undefined ? { payload: JSON.stringify(body) } : body;
  const text = isEvent
    ? JSON.stringify(body)
    : new URLSearchParams(form as Record<string, string>).toString();
  const timestamp = Math.floor(Date.now() / 1000) - ageSeconds;
  const signature = createHmac("sha256", secret).update(`v0:${timestamp}:${text}`).digest("hex");
  return {
    method: "POST",
    headers: {
      "Content-Type": isEvent ? "application/json" : "application/x-www-form-urlencoded",
      "X-Slack-Request-Timestamp": String(timestamp),
      "X-Slack-Signature": `v0=${signature}`,
      ...(retry === 0 ? {} : { "X-Slack-Retry-Num": String(retry), "X-Slack-Retry-Reason": "http_timeout" }),
    },
    body: text,
  };
}
