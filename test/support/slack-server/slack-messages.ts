/** What stands in the scripted Slack's channels. */
export interface SlackMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | undefined;
  /** Its Markdown: streamed, or of its markdown blocks. */
  text: string;
  /** What notifications show. */
  notice: string;
  /** But the markdown blocks, which are its text. */
  blocks: readonly Record<string, unknown>[];
  /** Milliseconds of performance.now() at its start, while it streams. */
  streamingSince: number | undefined;
  /** Who alone sees it. */
  readonly onlyFor: string | undefined;
  /** Calls that wrote it, with performance.now() of each. */
  readonly writes: { method: string; at: number }[];
}

export class SlackMessages {
  readonly all: SlackMessage[] = [];
  readonly #answered = new Set<string>();
  #count = 0;

  newTs(): string {
    this.#count += 1;
    return `1700000000.${String(this.#count).padStart(6, "0")}`;
  }

  add(message: Omit<SlackMessage, "ts" | "writes">, method: string): SlackMessage {
    const added = { ...message, ts: this.newTs(), writes: [{ method, at: performance.now() }] };
    this.all.push(added);
    return added;
  }

  find(channel: string, ts: string): SlackMessage | undefined {
    return this.all.find((message) => message.channel === channel && message.ts === ts);
  }

  remove(message: SlackMessage): void {
    this.all.splice(this.all.indexOf(message), 1);
  }

  /** What everyone sees in a thread, oldest first. */
  thread(channel: string, threadTs: string): SlackMessage[] {
    return this.all.filter(
      (message) =>
        message.channel === channel && message.threadTs === threadTs && message.onlyFor === undefined,
    );
  }

  /** A person has written into the thread. */
  noteReply(channel: string, threadTs: string): void {
    this.#answered.add(`${channel} ${threadTs}`);
  }

  hasReplies(channel: string, threadTs: string): boolean {
    return this.#answered.has(`${channel} ${threadTs}`) || this.thread(channel, threadTs).length > 0;
  }

  whispers(user: string): SlackMessage[] {
    return this.all.filter(({ onlyFor }) => onlyFor === user);
  }
}
