/** The Model Context Protocol over standard input and output, for a client that starts this process. */
import type { Readable, Writable } from "node:stream";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { Caller } from "../edge/caller.ts";
import { randomId } from "../util/strings.ts";
import { createMcpServer } from "./mcp-server.ts";
import type { McpOptions } from "./tool.ts";

interface Options extends Omit<McpOptions, "caller"> {
  readonly input: Readable;
  readonly output: NodeJS.WritableStream;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Until the client has gone, or the signal aborts. Who started the process may do everything. */
export async function serveStdio({
  assistant,
  version,
  base,
  report,
  input,
  output,
  signal,
}: Options): Promise<void> {
  const caller: Caller = {
    owner: "local",
    admin: true,
    ask: (request, stop) =>
      assistant.ask({
        ...request,
        owner: "local",
        messageId: randomId(),
        signal: AbortSignal.any([stop, signal]),
      }),
    countSearch: () => undefined,
  };
  const transport = new StdioServerTransport(input, output as Writable);
  const server = createMcpServer({ assistant, caller, version, base, report });
  const ended = new Promise<void>((resolve) => {
    transport.onclose = resolve;
    input.once("end", resolve);
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await server.connect(transport);
  await ended;
  await server.close();
}
