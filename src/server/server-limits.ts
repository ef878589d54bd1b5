/** How long and how much the server takes at most. Milliseconds, except where a name says otherwise. */
export interface ServerLimits {
  /** A finished answer's frames can be resumed for this long (API: 5 minutes). */
  readonly resume: number;
  /** Finished answers kept for resuming, whatever their age: about 50 kB each. */
  readonly finishedRuns: number;
  /** One answer, from the question to its end: a local model may need minutes for a long one. */
  readonly answer: number;
  /** What an aborted answer gets to store what it wrote. */
  readonly abort: number;
  /** One search, a hundred times its slowest measured percentile. */
  readonly search: number;
  /** Between two pings to a socket, or two comments in an event stream (API: 15 s). */
  readonly ping: number;
  /** A socket that says nothing for this long is dropped (API: 30 s). */
  readonly silence: number;
  /** A client that takes no more bytes for this long is dropped; it can resume. */
  readonly stuck: number;
  /** A peer that is told goodbye gets this long to take it. */
  readonly goodbye: number;
  /** For the hello frame to come where a key is asked for. */
  readonly hello: number;
  /** Asks in line from which on only those who have fewer there than their share are let in: about 20 kB each. */
  readonly waiting: number;
  /** Answers that one socket follows at a time. */
  readonly subscriptionsPerSocket: number;
}

export const DEFAULT_LIMITS: ServerLimits = {
  resume: 5 * 60_000,
  finishedRuns: 1000,
  answer: 5 * 60_000,
  abort: 10_000,
  search: 30_000,
  ping: 15_000,
  silence: 30_000,
  stuck: 30_000,
  goodbye: 5_000,
  hello: 10_000,
  waiting: 1000,
  subscriptionsPerSocket: 100,
};
