/** The production server, in a process of its own, under many clients at once. */
import { once } from "node:events";
import { WebSocket } from "ws";
import type { ServerFrame } from "../../src/protocol.ts";
import { percentile } from "../../src/util/statistics.ts";
import { ServerProcess } from "../support/server-process.ts";
import { developmentQuestions } from "./questions.ts";

const AT_ONCE = 200;
/** Rounds of AT_ONCE; the first warms up and is told too. */
const ROUNDS = 4;
const IDLE = 1000;
const ASKING = 50;
/** Milliseconds that ASKING clients ask, each its next question as soon as it has the answer to the last. */
const ASK_FOR_MS = 15_000;
const MIB = 1024 * 1024;

const questions = developmentQuestions().map(({ question }) => question);

export async function benchLoad(): Promise<void> {
  const server = await ServerProcess.start({
    environment: { RATE_LIMIT_PER_MINUTE: "0", LOG_LEVEL: "warn" },
  });
  try {
    await benchAtOnce(server);
    await benchIdle(server);
  } finally {
    await server.stop();
  }
}

async function benchAtOnce(server: ServerProcess): Promise<void> {
  const clients = await connect(server.url, AT_ONCE);
  for (let round = 0; round < ROUNDS; round++) {
    const took = await Promise.all(clients.map((client, at) => ask(client, `${round}-${at}`, at)));
    show(`${AT_ONCE} clients asking at once${round === 0 ? ", cold" : ""}`, took);
  }
  for (const client of clients) client.terminate();
}

async function benchIdle(server: ServerProcess): Promise<void> {
  const idle = await connect(server.url, IDLE);
  const clients = await connect(server.url, ASKING);
  const before = await server.metrics();
  const until = performance.now() + ASK_FOR_MS;
  const asking = clients.map(async (client, at) => {
    const took: number[] = [];
    for (let i = 0; performance.now() < until; i++) took.push(await ask(client, `i${i}-${at}`, at + i));
    return took;
  });
  const took = (await Promise.all(asking)).flat();
  const after = await server.metrics();
  const delay = (quantile: string) =>
    ((after.get(`footnote_event_loop_delay_seconds{quantile="${quantile}"}`) ?? 0) * 1000).toFixed(1);
  show(`${IDLE} idle sockets, ${ASKING} clients asking on and on`, took);
  console.log(
    `  the server meanwhile: ${Math.round((after.get("process_resident_memory_bytes") ?? 0) / MIB)} MiB resident, ` +
      `event-loop delay p50 ${delay("0.5")} ms, p99 ${delay("0.99")} ms, ` +
      `${after.get("footnote_sockets")} sockets, ${before.get("footnote_sockets")} at the start`,
  );
  for (const client of [...idle, ...clients]) client.terminate();
}

async function connect(url: string, count: number): Promise<WebSocket[]> {
  const address = `${url.replace("http", "ws")}/ws`;
  const sockets: WebSocket[] = [];
  for (let i = 0; i < count; i++) {
    const socket = new WebSocket(address);
    await once(socket, "open");
    sockets.push(socket);
  }
  return sockets;
}

/**
 * Asks the `at`th question, and checks that its answer, all of it and nothing else comes: frames without a gap, of one
 * message, to this question. @returns milliseconds
 */
function ask(socket: WebSocket, requestId: string, at: number): Promise<number> {
  const question = questions[at % questions.length] ?? "";
  const began = performance.now();
  let messageId: string | undefined;
  let seq = 0;
  return new Promise((resolve, reject) => {
    const wrong = (what: string) => reject(new Error(`${requestId}: ${what}`));
    const onClose = () => wrong("the connection closed");
    const onMessage = (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as ServerFrame;
      if (frame.type === "error") return wrong(frame.message);
      if (!("seq" in frame)) return wrong(`an unexpected ${frame.type}`);
      messageId ??= frame.messageId;
      if (frame.messageId !== messageId) return wrong("a frame of another answer");
      if (frame.seq !== ++seq) return wrong(`frame ${frame.seq} where ${seq} was due`);
      if (frame.type === "start" && frame.requestId !== requestId) return wrong("another's start");
      if (frame.type !== "done") return undefined;
      socket.off("message", onMessage).off("close", onClose);
      if (frame.answer.question !== question) return wrong(`the answer to ${frame.answer.question}`);
      return resolve(performance.now() - began);
    };
    socket.on("message", onMessage).on("close", onClose);
    socket.send(JSON.stringify({ type: "ask", requestId, question }));
  });
}

function show(what: string, took: readonly number[]): void {
  const at = (share: number) => `${(percentile(took, share) / 1000).toFixed(2)} s`;
  console.log(
    `${what.padEnd(52)} p50 ${at(0.5)}, p95 ${at(0.95)}, worst ${at(1)} (n=${took.length}, all right)`,
  );
}
