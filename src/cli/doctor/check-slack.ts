import type { Finding } from "../../assistant/doctor/finding.ts";
import type { Config } from "../../config.ts";

/** How Slack would be answered; nothing where it is not set up. */
export function checkSlack({ slack, server }: Config): readonly Finding[] {
  const check = "slack";
  if (slack === undefined) return [];
  const ways = [
    ...(slack.appToken === undefined ? [] : ["footnote slack (Socket Mode)"]),
    ...(slack.signingSecret === undefined ? [] : ["footnote serve at /slack/events"]),
  ];
  if (ways.length === 0) {
    const fix = "set SLACK_APP_TOKEN for footnote slack, or SLACK_SIGNING_SECRET for footnote serve";
    return [
      { check, state: "problem", message: `SLACK_BOT_TOKEN is set, but no event would arrive: ${fix}` },
    ];
  }
  if (ways.length === 2) {
    const message =
      "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set: run footnote slack or footnote serve with them, not both on one DATA_DIR";
    return [{ check, state: "warning", message }];
  }
  const { allowedChannels, maxPerMinute } = slack;
  const where = allowedChannels.length === 0 ? "every channel" : allowedChannels.join(", ");
  const rate = maxPerMinute === 0 ? "no limit" : `${maxPerMinute} questions a minute a person`;
  const links = server.publicUrl === undefined ? "; without PUBLIC_URL, answers have no link to the web" : "";
  return [{ check, state: "ok", message: `Slack is answered by ${ways[0]}, in ${where}, ${rate}${links}` }];
}
