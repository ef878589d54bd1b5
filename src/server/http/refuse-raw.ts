import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { AppError } from "../../errors.ts";
import { problemAnswer } from "./problem.ts";

/** A problem written by hand, where node gives no response object: refused upgrades, requests that are no HTTP. */
export function refuseRaw(stream: Duplex, error: AppError): void {
  const { status, headers, body } = problemAnswer(error);
  const lines = Object.entries({ ...headers, Connection: "close" }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`, ...lines].join("\r\n");
  stream.end(`${head}\r\n\r\n${body}`, () => stream.destroy());
}
