/** Words with which Slack says that the bot cannot write there. */
const OF_THE_PLACE = new Set(["not_in_channel", "channel_not_found"]);

/** Slack said no: `code` is its own word for why. The call has changed nothing, but for Slack's own failures. */
export class SlackRefusal extends Error {
  override readonly name = "SlackRefusal";
  readonly method: string;
  readonly code: string;

  constructor(method: string, code: string, cause: unknown) {
    super(`Slack refused ${method}: ${code}`, { cause });
    this.method = method;
    this.code = code;
  }

  /** The bot cannot write there at all. */
  get isOfPlace(): boolean {
    return OF_THE_PLACE.has(this.code);
  }
}

/** Nobody knows whether the call arrived: no connection, no answer in time, a server error, a limit without end. */
export class SlackUnreachable extends Error {
  override readonly name = "SlackUnreachable";

  constructor(method: string, cause: unknown) {
    super(`Slack did not answer ${method}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
