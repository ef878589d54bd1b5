import { AppError } from "../errors.ts";

/** @param fact what there is too much of; the wait in seconds goes into the sentence, and into `Retry-After` */
export function tooMuch(fact: string, waitSeconds: number): AppError {
  const seconds = Math.max(1, Math.ceil(waitSeconds));
  const wait = seconds === 1 ? "1 second" : `${seconds} seconds`;
  return new AppError("rate_limited", `${fact}: ask again in ${wait}`, { retryAfter: seconds });
}
