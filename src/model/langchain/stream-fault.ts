import { ModelError } from "../model-error.ts";
import { codeOf, networkFault } from "../network-fault.ts";
import { excerpt, faultOf } from "../status-fault.ts";

/** How fetch and the clients say that the connection ended before the answer did. */
const BROKEN_OFF = /\bterminated\b|premature|other side closed|did not receive done|ended without/i;
const UNREADABLE = /\bJSON\b|unexpected token|could not parse/i;
const BUSY = /overloaded|rate.?limit/i;

/**
 * What a client library threw while it read a stream, or before one where its requests could not be watched.
 * @param secret kept out of the message
 */
export function streamFault(error: unknown, secret: string | undefined): ModelError {
  if (error instanceof ModelError) return error;
  if (!(error instanceof Error)) return new ModelError("unknown", { detail: excerpt(String(error), secret) });
  const detail = excerpt(error.message, secret);
  if ("status" in error && typeof error.status === "number") {
    const fault = faultOf(error.status, error.message);
    return new ModelError(fault, { detail: fault === "key-refused" ? `HTTP ${error.status}` : detail });
  }
  if (codeOf(error)?.startsWith("UND_ERR_SOCKET") || BROKEN_OFF.test(error.message)) {
    return new ModelError("broken-off", { detail });
  }
  if (error instanceof SyntaxError || UNREADABLE.test(error.message)) {
    return new ModelError("unreadable", { detail });
  }
  if (BUSY.test(error.message)) return new ModelError("rate-limited", { detail });
  return codeOf(error) === undefined ? new ModelError("server-failed", { detail }) : networkFault(error);
}
