/** A model's server that sends far more than it was asked for: whether the answer ends, and what that costs the others. */
import { setTimeout as sleep } from "node:timers/promises";
import { Answer, ConversationResponse } from "../../src/protocol.ts";
import { type Running, startFootnote, startScript } from "./model/processes.ts";

const QUESTION = "What speedup does CoreInfer achieve on an NVIDIA TITAN XP GPU?";
const MEGABYTE = 1_000_000;
/** Of the model's text, the last without an end. */
const SIZES = [0.25, 1, 4, 20, Number.POSITIVE_INFINITY].map((size) => size * MEGABYTE);
/** Milliseconds between two looks at whether the server answers. */
const HEALTH_MS = 20;
/** Milliseconds that it is looked at with nothing to do, for comparison. */
const IDLE_MS = 2000;

export async function benchFlood(): Promise<void> {
  console.log(
    "model's text | ended | stored | characters | notes | s | CPU s | peak MiB (≤ 400) | worst /health ms (≤ 250) | the server's CPU ms in it | worst with nothing to do",
  );
  for (const size of SIZES) {
    const upstream = await startScript("test/bench/model/flooding-server.ts", size);
    const footnote = await startFootnote(upstream.url);
    // Before anything is measured code is compiled, and the model's packages are read.
    await ask(footnote.url);
    const idle = watchHealth(footnote);
    await sleep(IDLE_MS);
    const control = await idle();
    const health = watchHealth(footnote);
    const [began, used] = [performance.now(), footnote.cpuTime()];
    const answer = await ask(footnote.url);
    const took = (performance.now() - began) / 1000;
    const cpu = (footnote.cpuTime() - used) / 1000;
    const worst = await health();
    const stored = await isStoredOnce(footnote.url, answer);
    console.log(
      [
        Number.isFinite(size) ? `${size / MEGABYTE} MB` : "endless",
        answer.fallback === undefined && answer.cut === undefined ? "yes" : "NO",
        stored ? "once" : "NO",
        answer.text.length,
        answer.citations.length,
        took.toFixed(1),
        cpu.toFixed(1),
        footnote.peakMemory().toFixed(0),
        worst.wall.toFixed(0),
        worst.cpu.toFixed(0),
        control.wall.toFixed(0),
      ].join(" | "),
    );
    await footnote.close();
    await upstream.close();
  }
}

async function ask(url: string): Promise<Answer> {
  const response = await fetch(`${url}/api/ask`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ question: QUESTION }),
  });
  return Answer.parse(await response.json());
}

async function isStoredOnce(url: string, { conversationId, text }: Answer): Promise<boolean> {
  const response = await fetch(`${url}/api/conversations/${conversationId}`);
  const { messages } = ConversationResponse.parse(await response.json());
  return messages.filter((message) => message.role === "assistant" && message.text === text).length === 1;
}

/** Milliseconds. On a machine with other work the wall time is mostly that; the server's CPU time meanwhile is its own. */
interface Waited {
  readonly wall: number;
  readonly cpu: number;
}

/** Asks again and again whether the server is there. @returns ends that, and tells the longest waits */
function watchHealth({ url, cpuTime }: Running): () => Promise<Waited> {
  let over = false;
  const worst = { wall: 0, cpu: 0 };
  const watching = (async () => {
    while (!over) {
      const [began, used] = [performance.now(), cpuTime()];
      await (await fetch(`${url}/health`)).text();
      worst.wall = Math.max(worst.wall, performance.now() - began);
      worst.cpu = Math.max(worst.cpu, cpuTime() - used);
      await sleep(HEALTH_MS);
    }
  })();
  return async () => {
    over = true;
    await watching;
    return worst;
  };
}
