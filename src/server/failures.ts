import type { ErrorRequestHandler } from "express";
import type { Logger } from "pino";
import { isOurFault, sendProblem, toAppError } from "./http/problem.ts";

/** Every error ends here: the log gets all of it when the fault is ours, the client its code and a safe message. */
export function failures(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const problem = toAppError(error);
    const { requestId } = response.locals;
    if (isOurFault(error)) logger.error({ requestId, err: error }, "request failed");
    // Half an answer cannot be turned into a problem: cutting it is the only way to tell.
    if (response.headersSent) response.destroy();
    else sendProblem(response, problem);
  };
}
