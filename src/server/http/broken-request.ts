import type { Socket } from "node:net";
import { AppError } from "../../errors.ts";
import { refuseRaw } from "./refuse-raw.ts";

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
