/** Search in process, and answers from the production server over a loopback socket. */
import pino from "pino";
import { WebSocket } from "ws";
import type { ServerFrame } from "../../src/protocol.ts";
import { startServer } from "../../src/server/server.ts";
import { percentile } from "../../src/util/statistics.ts";
import { type BenchAssistant, openAssistant } from "./assistant.ts";
import { developmentQuestions } from "./questions.ts";

/** Unmeasured runs over all questions, so that caches and the compiler are warm. */
const WARM_UP = 1;
const ROUNDS = 3;

export async function benchLatency(): Promise<void> {
  const bench = await openAssistant();
  await benchSearch(bench);
  await benchAnswer(bench);
  await bench.close();
}

const questions = developmentQuestions().map(({ question }) => question);

async function benchSearch({ assistant }: BenchAssistant): Promise<void> {
  const took: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const query of questions) {
      const began = performance.now();
      await assistant.search({ query, limit: 10 });
      if (round >= 0) took.push(performance.now() - began);
    }
  }
  show("search, 236 papers, warm, in process", took);
}

async function benchAnswer({ assistant, config }: BenchAssistant): Promise<void> {
  const options = { assistant, logger: pino({ level: "silent" }), webFolder: "dist/web", version: "bench" };
  const unlimited = { ...config.server, port: 0, rateLimitPerMinute: 0 };
  const server = await startServer({ ...options, config: unlimited });
  const socket = new WebSocket(`${server.url.replace("http", "ws")}/ws`);
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const first: number[] = [];
  const done: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const [at, question] of questions.entries()) {
      const times = await askOnce(socket, `bench-${round + WARM_UP}-${at}`, question);
      if (round >= 0) {
        first.push(times.first);
        done.push(times.done);
      }
    }
  }
  show("answer over loopback, first delta", first);
  show("answer over loopback, done", done);
  socket.close();
  await server.close();
}

function askOnce(
  socket: WebSocket,
  requestId: string,
  question: string,
): Promise<{ first: number; done: number }> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    let first = 0;
    const listen = (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as ServerFrame;
      if (frame.type === "delta") first ||= performance.now() - began;
      if (frame.type === "error") reject(new Error(`${question}: ${frame.message}`));
      if (frame.type !== "done") return;
      socket.off("message", listen);
      resolve({ first, done: performance.now() - began });
    };
    socket.on("message", listen);
    socket.send(JSON.stringify({ type: "ask", requestId, question }));
  });
}

function show(what: string, took: readonly number[]): void {
  const at = (share: number) => percentile(took, share).toFixed(2);
  console.log(
    `${what.padEnd(40)} p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms (n=${took.length})`,
  );
}
