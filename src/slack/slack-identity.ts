/** Whose token the bot has, from when Slack has said it. */
export class SlackIdentity {
  botId: string | undefined;
  botUserId: string | undefined;
  #team: string | undefined;

  set({
    team,
    botId,
    botUserId,
  }: {
    team: string;
    botId: string | undefined;
    botUserId: string | undefined;
  }) {
    this.#team = team;
    this.botId = botId;
    this.botUserId = botUserId;
  }

  /** The workspace in which the bot is installed: in a shared channel, deliveries may name another. */
  teamOr(told: string | undefined): string {
    return this.#team ?? told ?? "";
  }
}
