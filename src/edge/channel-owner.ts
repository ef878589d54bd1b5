/**
 * The owner of conversations that are led in a channel of a chat app: no API_KEYS names one so, for its owners have
 * no colon.
 */
export function channelOwner(program: string, team: string, channel: string): string {
  return `${program}:${team}:${channel}`;
}

export function isChannelOwner(owner: string): boolean {
  return owner.includes(":");
}
