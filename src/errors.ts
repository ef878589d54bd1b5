/**
 * Every error a user can meet has a code from this one table. `status` is the HTTP status, `safe` the text a
 * client gets when the error's own message is meant for the operator alone (it may name a path or a cause).
 */
export const ERRORS = {
  bad_request: { status: 400, retryable: false },
  unauthorized: { status: 401, retryable: false },
  forbidden_origin: { status: 403, retryable: false },
  not_found: { status: 404, retryable: false },
  conflict: { status: 409, retryable: false },
  resume_unavailable: { status: 410, retryable: false },
  too_large: { status: 413, retryable: false },
  rate_limited: { status: 429, retryable: true },
  internal: {
    status: 500,
    retryable: true,
    safe: "Something failed on the server; its log says what. Please try again.",
  },
  model_error: {
    status: 502,
    retryable: true,
    safe: "The language model failed and no other answer was possible. Please try again.",
  },
  indexing: { status: 503, retryable: true },
  busy: { status: 503, retryable: true },
} as const satisfies Record<string, { status: number; retryable: boolean; safe?: string }>;

/** The codes that a client can meet. */
export type ClientCode = keyof typeof ERRORS;

/**
 * `config`: a variable, a file that one names, or a prompt is wrong, and the operator has to change it. It has no
 * status: it ends a command, with exit code 78, and a client that meets it sees `internal`.
 */
export type ErrorCode = ClientCode | "config";

/** All of them. */
export const ERROR_CODES: readonly ErrorCode[] = [...(Object.keys(ERRORS) as ClientCode[]), "config"];

interface AppErrorOptions {
  cause?: unknown;
  /** The input field that is wrong, as the client named it. */
  field?: string;
  /** Seconds after which a rate-limited caller may try again. */
  retryAfter?: number;
}

/**
 * An error with a code of the table above. The message states subject, fact, value and the fix; for codes
 * without a `safe` text it is shown to clients, so it never holds a path, a key or a stack.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options.field;
    this.retryAfter = options.retryAfter;
  }
}

/** What a client may see of any thrown value: the code, a safe message, and whether trying again can help. */
export function toProblem(error: unknown): {
  error: { code: ClientCode; message: string; retryable: boolean; field?: string };
} {
  const code = error instanceof AppError && error.code !== "config" ? error.code : "internal";
  const row: { status: number; retryable: boolean; safe?: string } = ERRORS[code];
  const message = row.safe ?? (error as AppError).message;
  const field = error instanceof AppError && error.code !== "config" ? error.field : undefined;
  return { error: { code, message, retryable: row.retryable, ...(field === undefined ? {} : { field }) } };
}

/** The message and the messages of all its causes, for the log and the terminal of the operator. */
export function fullMessage(error: unknown): string {
  const parts: string[] = [];
  for (
    let at: unknown = error;
    at !== undefined && parts.length < 5;
    at = at instanceof Error ? at.cause : undefined
  ) {
    parts.push(at instanceof Error ? at.message : String(at));
  }
  return parts.join(": ");
}
