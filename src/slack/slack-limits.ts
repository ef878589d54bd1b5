/** Milliseconds, but where it says otherwise; tests shorten them. */
export interface SlackLimits {
  /** A call of the Web API, until Slack counts as out of reach. */
  readonly call: number;
  /** Age at which a stream is closed and continued in a new message: Slack itself closes it after about 5 minutes. */
  readonly stream: number;
  /** From one chat.appendStream to the next: 85 a minute, of the 100 that Slack grants (tier 4). */
  readonly append: number;
  /** From one chat.update to the next of one answer, where streaming is not available. */
  readonly update: number;
  /** First and longest wait before Slack is tried again. */
  readonly retryFirst: number;
  readonly retryLongest: number;
  /** One answer. */
  readonly answer: number;
}

export const DEFAULT_LIMITS: SlackLimits = {
  call: 10_000,
  stream: 4 * 60_000,
  append: 700,
  update: 1000,
  retryFirst: 1000,
  retryLongest: 60_000,
  answer: 300_000,
};
