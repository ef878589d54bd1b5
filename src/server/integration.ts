import type { IncomingMessage, ServerResponse } from "node:http";

/** A request handler that another module mounts here, such as the Slack bot. */
export interface Integration {
  /** Of its component in /ready. */
  readonly name: string;
  /** POST requests there are handed over as they come, their bodies unread. They have keys of their own. */
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** `ok`, or why not: told in /ready, which stays ready. */
  state(): string;
}
