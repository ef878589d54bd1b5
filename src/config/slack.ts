/** The variables of the Slack bot. */
import { z } from "zod";

export interface SlackConfig {
  /** These three are never logged, never shown. */
  readonly botToken: string;
  /** Socket Mode. */
  readonly appToken: string | undefined;
  /** HTTP, at /slack/events. */
  readonly signingSecret: string | undefined;
  /** Questions in any minute by one person; 0: no limit. */
  readonly maxPerMinute: number;
  /** Ids; empty: all. Direct messages are not held to it. */
  readonly allowedChannels: readonly string[];
  readonly apiUrl: string;
}

/** What begins with `start`, without showing what does not: it may be another secret. */
const token = (start: string) =>
  z
    .string()
    .regex(/^[\x21-\x7e]+$/, `takes a token that begins with ${start}`)
    .startsWith(start, `takes a token that begins with ${start}`);
const CHANNEL = /^[CDG][A-Z0-9]{2,20}$/;
const CHANNELS_FORM = "takes ids of channels such as C0123456789, comma separated";
const COUNT_FORM = "takes a whole number from 0 to 100000";

/** Members of the schema of the environment. */
export const SLACK_VARIABLES = {
  SLACK_BOT_TOKEN: token("xoxb-").optional(),
  SLACK_APP_TOKEN: token("xapp-").optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(
      /^[\x21-\x7e]{8,200}$/,
      "takes 8 to 200 printable characters, as the app's Basic Information shows it",
    )
    .optional(),
  SLACK_MAX_PER_MINUTE: z
    .string()
    .regex(/^\d{1,6}$/, COUNT_FORM)
    .transform(Number)
    .refine((n) => n <= 100_000, COUNT_FORM)
    .default(20),
  SLACK_ALLOWED_CHANNELS: z
    .string()
    .transform((value) => value.split(",").map((id) => id.trim()))
    .refine((ids) => ids.every((id) => CHANNEL.test(id)), CHANNELS_FORM)
    .optional(),
  SLACK_API_URL: z
    .url({ protocol: /^https?$/, error: "takes an http:// or https:// address" })
    .default("https://slack.com/api/"),
};

const Variables = z.object(SLACK_VARIABLES);

export function slackOf(variables: z.infer<typeof Variables>): SlackConfig | undefined {
  if (variables.SLACK_BOT_TOKEN === undefined) return undefined;
  return Object.freeze({
    botToken: variables.SLACK_BOT_TOKEN,
    appToken: variables.SLACK_APP_TOKEN,
    signingSecret: variables.SLACK_SIGNING_SECRET,
    maxPerMinute: variables.SLACK_MAX_PER_MINUTE,
    allowedChannels: Object.freeze(variables.SLACK_ALLOWED_CHANNELS ?? []),
    apiUrl: variables.SLACK_API_URL,
  });
}
