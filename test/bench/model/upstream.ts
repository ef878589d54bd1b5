/** A process of its own: an OpenAI-compatible server that writes tokens at a steady pace and tells when it did. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { openai } from "../../support/model-server/openai.ts";
import { now, tokensOf } from "./script.ts";

const [count = 0, gapMs = 0] = process.argv.slice(2).map(Number);
/** By stream and token. */
const writtenAt: number[][] = [];

function stream(response: ServerResponse): void {
  const times: number[] = [];
  const id = writtenAt.push(times) - 1;
  const tokens = tokensOf(id, count);
  response.writeHead(200, { "Content-Type": openai.contentType });
  response.write(openai.begin("bench"));
  const began = performance.now();
  const send = (): void => {
    if (response.destroyed) return;
    const token = openai.token(tokens[times.length] ?? "");
    times.push(now());
    response.write(token);
    if (times.length === count) response.end(openai.end("stop"));
    else setTimeout(send, Math.max(0, began + times.length * gapMs - performance.now()));
  };
  send();
}

const server = createServer((request, response) => {
  const [, id] = /^\/times\/(\d+)$/.exec(request.url ?? "") ?? [];
  if (id !== undefined) response.end(JSON.stringify(writtenAt[Number(id)]));
  else request.resume().on("end", () => stream(response));
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
