import type { Identity } from "./identity.ts";

/** Who asks, from where, and how the log names it. */
export interface Asker extends Identity {
  /** As `clientAddress` gives it: what limits count by. */
  readonly address: string;
  /** The WebSocket that it asks on; over HTTP all requests of one address count as one connection. */
  readonly connectionId?: string;
  /** Of the HTTP request; over WebSocket the client names each of its own. */
  readonly requestId?: string;
}

/** Who is behind a call that is open to anyone: it owns nothing, for no owner has an empty name. */
export const NOBODY: Asker = Object.freeze({ owner: "", admin: false, address: "" });
