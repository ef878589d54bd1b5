import type { ErrorCode } from "../errors.ts";

/**
 * What went wrong with a call: a code of the server's, or one of the way there: `unreachable` (no connection, or no
 * answer of Footnote's), `timeout` (nothing came within the limit).
 */
type ClientErrorCode = ErrorCode | "unreachable" | "timeout";

/** The message is for people. `retryable` tells whether the same call may succeed later. */
export class FootnoteError extends Error {
  override readonly name = "FootnoteError";
  readonly code: ClientErrorCode;
  readonly retryable: boolean;
  /** The input field that is wrong. */
  readonly field: string | undefined;

  constructor(
    code: ClientErrorCode,
    message: string,
    options: { retryable: boolean; field?: string | undefined; cause?: unknown },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable;
    this.field = options.field;
  }
}
