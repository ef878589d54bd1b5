/** One stream read to its end: through Footnote, and raw from the model's server. */
import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import type { ServerFrame } from "../../../src/protocol.ts";
import { idIn, now, tokensOf } from "./script.ts";

export interface Reading {
  /** Milliseconds, delta by delta, from when the last token of it was written to when it was read. */
  readonly late: number[];
  /** The same token by token, to its last character: a space or a marker that may be unfinished waits for the next. */
  readonly held: number[];
  /** All tokens came, and the answer is the model's. */
  readonly complete: boolean;
}

/** Texts with the times at which they came. */
type Arrived = { readonly text: string; readonly at: number }[];

export async function readFootnote(url: string, upstream: string, question: string): Promise<Reading> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws`);
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const arrived: Arrived = [];
  const isModels = await new Promise<boolean>((resolve, reject) => {
    socket.once("error", reject);
    socket.on("message", (data: Buffer) => {
      const at = now();
      const frame = JSON.parse(data.toString()) as ServerFrame;
      if (frame.type === "delta") arrived.push({ text: frame.text, at });
      if (frame.type === "error") reject(new Error(frame.message));
      if (frame.type === "done") resolve(frame.answer.fallback === undefined);
    });
    socket.send(JSON.stringify({ type: "ask", requestId: randomUUID(), question }));
  });
  socket.close();
  const reading = await compare(arrived, upstream);
  return { ...reading, complete: reading.complete && isModels };
}

export async function readRaw(upstream: string): Promise<Reading> {
  const response = await fetch(`${upstream}/v1/chat/completions`, { method: "POST", body: "{}" });
  const arrived: Arrived = [];
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    const at = now();
    text += decoder.decode(chunk, { stream: true });
    // Parsed as a client would, so that like is compared with like.
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      if (event === "data: [DONE]") continue;
      const { choices } = JSON.parse(event.slice("data: ".length));
      arrived.push({ text: choices[0]?.delta.content ?? "", at });
    }
  }
  return compare(arrived, upstream);
}

async function compare(arrived: Arrived, upstream: string): Promise<Reading> {
  const whole = arrived.map(({ text }) => text).join("");
  const id = idIn(whole);
  const writtenAt = (await (await fetch(`${upstream}/times/${id}`)).json()) as number[];
  const tokens = tokensOf(id, writtenAt.length);
  return {
    late: latenessOfDeltas(arrived, tokens, writtenAt),
    held: latenessOfTokens(arrived, tokens, writtenAt),
    complete: whole.trimEnd() === tokens.join("").trimEnd(),
  };
}

function latenessOfDeltas(
  arrived: Arrived,
  tokens: readonly string[],
  writtenAt: readonly number[],
): number[] {
  let token = 0;
  let end = tokens[0]?.length ?? 0;
  let read = 0;
  return arrived
    .filter(({ text }) => text !== "")
    .map(({ text, at }) => {
      read += text.length;
      while (end < read) end += tokens[++token]?.length ?? Number.POSITIVE_INFINITY;
      return at - (writtenAt[token] ?? Number.NaN);
    });
}

function latenessOfTokens(
  arrived: Arrived,
  tokens: readonly string[],
  writtenAt: readonly number[],
): number[] {
  let end = 0;
  let read = 0;
  let next = 0;
  return tokens.map((token, at) => {
    end += token.length;
    while (read < end && next < arrived.length) read += arrived[next++]?.text.length ?? 0;
    return (arrived[next - 1]?.at ?? Number.NaN) - (writtenAt[at] ?? Number.NaN);
  });
}
