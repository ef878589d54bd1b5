import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";

/** Why a stream ends, in no provider's words. */
export type End = "stop" | "length" | "filtered";

export interface Refusal {
  readonly status: number;
  readonly body: string;
}

/** How one provider's streaming API looks on the wire. */
export interface WireFormat {
  readonly path: string;
  readonly contentType: string;
  /** What it answers to a GET about its models; undefined at any other path. */
  models(
    path: string,
    headers: IncomingHttpHeaders,
    names: readonly string[],
    key: string,
  ): Refusal | undefined;
  /** The body of a 404: of a model that it does not have, and of a path. */
  unknownModel(model: string): string;
  unknownPath(method: string, path: string): string;
  /** What the real server would refuse the request with, before it looks at the model. */
  check(headers: IncomingHttpHeaders, body: unknown, key: string): Refusal | undefined;
  /** The text of the system and the user message. */
  messages(body: unknown): { system: string; user: string };
  /** Sent before the first token. */
  begin(model: string): string;
  token(text: string): string;
  end(why: End): string;
  /** Something no parser takes. */
  readonly garbage: string;
  /** An error in the middle of the stream, as the provider tells it there. */
  readonly error: string;
  /** The body of a refusal. */
  refusal(status: number, message: string): string;
}

export const ok = (body: object): Refusal => ({ status: 200, body: JSON.stringify(body) });

export const USAGE = { input: 321, output: 42 };

/** A message as all three take it. */
export const Message = z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() });

/** The message of each role, joined. */
export function byRole(messages: readonly z.infer<typeof Message>[], role: string): string {
  return messages
    .filter((message) => message.role === role)
    .map(({ content }) => content)
    .join("\n");
}
