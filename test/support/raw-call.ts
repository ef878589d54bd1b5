import { once } from "node:events";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";

interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request as it is given: fetch sets Host and Cache-Control by itself, and fixes paths. */
export async function rawCall(
  { port }: { readonly port: number },
  headers: Record<string, string>,
  method = "GET",
  path = "/health",
): Promise<RawAnswer> {
  const request = httpRequest({ port, method, path, headers });
  request.end();
  const [response] = await once(request, "response");
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}
