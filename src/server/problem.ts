import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { ErrorRequestHandler } from "express";
import type { Logger } from "pino";
import type { z } from "zod";
import { AppError, ERRORS, type ErrorCode, toProblem } from "../errors.ts";
import { MAX_FRAME_BYTES } from "../protocol.ts";
import { fieldOf, zodSentence } from "../util/zod-sentence.ts";

/** What express and its body reader call the faults of a request. */
const REQUEST_FAULTS: Readonly<Record<string, (fault: { limit?: number }) => AppError>> = {
  "entity.too.large": ({ limit = MAX_FRAME_BYTES }) =>
    new AppError("too_large", `The body is larger than ${limit} bytes`),
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
  const known = REQUEST_FAULTS[type]?.("limit" in error ? { limit: Number(error.limit) } : {});
  if (known !== undefined) return known;
  if (status >= 400 && status < 500) return new AppError("bad_request", "The request is malformed");
  return new AppError("internal", error.message, { cause: error });
}

/** Whether the log must tell: the client gets no more than a safe text, or can do nothing about it. */
export function isOurFault(error: unknown): boolean {
  const { code } = toAppError(error);
  return code === "internal" || code === "config" || code === "model_error" || code === "busy";
}

/** How a fault is told: as the contract has it, or as OpenAI's clients read it. */
export type ProblemForm = "footnote" | "openai";

/** The form that a request is answered in, by the path that it was sent to. */
export function problemForm(path: string): ProblemForm {
  return /^\/v1(?:\/|$)/.test(path) ? "openai" : "footnote";
}

/** What OpenAI's clients make an error of by its kind; all else is the server's. */
const OPENAI_KINDS: Partial<Record<ErrorCode, { readonly type: string; readonly code?: string }>> = {
  unauthorized: { type: "invalid_request_error", code: "invalid_api_key" },
  rate_limited: { type: "rate_limit_error", code: "rate_limit_exceeded" },
  bad_request: { type: "invalid_request_error" },
  too_large: { type: "invalid_request_error" },
  not_found: { type: "invalid_request_error" },
  conflict: { type: "invalid_request_error" },
  forbidden_origin: { type: "invalid_request_error" },
};

export function openAiError(error: AppError): { error: object } {
  const { message, code, field } = toProblem(error).error;
  const kind = OPENAI_KINDS[code] ?? { type: "server_error" };
  const isModel = code === "not_found" && field === "model";
  const named = isModel ? "model_not_found" : (kind.code ?? null);
  return { error: { message, type: kind.type, param: field ?? null, code: named } };
}

/** Headers and body of the answer to a request that failed. */
function problemAnswer(
  error: AppError,
  form: ProblemForm = "footnote",
): {
  status: number;
  headers: Record<string, string>;
  body: string;
} {
  const problem = toProblem(error);
  const body = JSON.stringify(form === "openai" ? openAiError(error) : problem);
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

export function sendProblem(response: ServerResponse, error: AppError, form?: ProblemForm): void {
  const { status, headers, body } = problemAnswer(error, form);
  response.writeHead(status, headers).end(body);
}

/** Every error ends here: the log gets all of it when the fault is ours, the client its code and a safe message. */
export function failures(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const problem = toAppError(error);
    const { requestId } = response.locals;
    if (isOurFault(error)) logger.error({ requestId, err: error }, "request failed");
    // Half an answer cannot be turned into a problem: cutting it is the only way to tell.
    if (response.headersSent) response.destroy();
    else sendProblem(response, problem, problemForm(request.path));
  };
}

/** A problem written by hand, where node gives no response object: refused upgrades, requests that are no HTTP. */
export function refuseRaw(stream: Duplex, error: AppError): void {
  const { status, headers, body } = problemAnswer(error);
  const lines = Object.entries({ ...headers, Connection: "close" }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`, ...lines].join("\r\n");
  stream.end(`${head}\r\n\r\n${body}`, () => stream.destroy());
}

/** For the `clientError` event of an HTTP server: bytes that are no request, or one that took too long to arrive. */
export function brokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  refuseRaw(socket, problemOf(error.code ?? ""));
}

function problemOf(code: string): AppError {
  if (code === "HPE_HEADER_OVERFLOW") return new AppError("too_large", "The headers are larger than 16 kB");
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return new AppError("bad_request", "The request took too long to arrive");
  return new AppError("bad_request", "The request is not valid HTTP/1.1");
}

/**
 * What came over the wire, checked. `whole` names the input in messages: "the body".
 * @throws AppError bad_request that names the first wrong field and says what it takes
 */
export function parse<Value>(schema: z.ZodType<Value>, input: unknown, whole: string): Value {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue === undefined) throw new AppError("bad_request", `${whole} is wrong`);
  const field = fieldOf(issue);
  throw new AppError("bad_request", zodSentence(issue, input, whole), field === undefined ? {} : { field });
}
