import type { ServerResponse } from "node:http";
import { AppError, ERRORS, toProblem } from "../../errors.ts";
import { MAX_FRAME_BYTES } from "../../protocol.ts";

/** What express and its body reader call the faults of a request. */
const REQUEST_FAULTS: Readonly<Record<string, () => AppError>> = {
  "entity.too.large": () => new AppError("too_large", `The body is larger than ${MAX_FRAME_BYTES} bytes`),
  "entity.parse.failed": () => new AppError("bad_request", "The body is not valid JSON"),
  "encoding.unsupported": () => new AppError("bad_request", "The body must not be compressed"),
  "charset.unsupported": () => new AppError("bad_request", "The body must be JSON in UTF-8"),
};

/** Any thrown value as an AppError: a fault of the request is bad_request or too_large, the rest is ours. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (!(error instanceof Error)) return new AppError("internal", String(error));
  const type = "type" in error ? String(error.type) : "";
  const status = "status" in error ? Number(error.status) : 500;
  const known = REQUEST_FAULTS[type]?.();
  if (known !== undefined) return known;
  if (status >= 400 && status < 500) return new AppError("bad_request", "The request is malformed");
  return new AppError("internal", error.message, { cause: error });
}

/** Whether the log must tell: the client gets no more than a safe text, or can do nothing about it. */
export function isOurFault(error: unknown): boolean {
  const { code } = toAppError(error);
  return code === "internal" || code === "config" || code === "model_error" || code === "busy";
}

/** Headers and body of the answer to a request that failed. */
export function problemAnswer(error: AppError): {
  status: number;
  headers: Record<string, string>;
  body: string;
} {
  const problem = toProblem(error);
  const body = JSON.stringify(problem);
  const retry = error.retryAfter === undefined ? {} : { "Retry-After": String(Math.ceil(error.retryAfter)) };
  // RFC 9110 asks for it. Browsers show no dialog for this scheme.
  const challenge = error.code === "unauthorized" ? { "WWW-Authenticate": "Bearer" } : {};
  const headers = {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": String(Buffer.byteLength(body)),
    "Cache-Control": "no-store",
    ...retry,
    ...challenge,
  };
  return { status: ERRORS[problem.error.code].status, headers, body };
}

export function sendProblem(response: ServerResponse, error: AppError): void {
  const { status, headers, body } = problemAnswer(error);
  response.writeHead(status, headers).end(body);
}
