/** What OpenAI's protocol costs beside `/api/ask`, and what it and MCP make of bodies that nobody meant. */
import { pino } from "pino";
import { McpSessions } from "../../src/mcp/mcp-http.ts";
import { startServer } from "../../src/server/server.ts";
import { percentile, seededRandom } from "../../src/util/statistics.ts";
import { openAssistant } from "./assistant.ts";

const QUESTION = "What are massive activations?";
/** Answers a protocol, one after the other, each in its turn. */
const PAIRS = 200;
/** Bodies a call, half of them damaged. */
const BODIES = 1000;
/** Milliseconds from which a call hangs. */
const HANG_MS = 5000;

export async function benchProtocols(): Promise<void> {
  const { assistant, config, close } = await openAssistant();
  const sessions = new McpSessions({
    assistant,
    version: "bench",
    base: "http://127.0.0.1",
    report: console.error,
  });
  const server = await startServer({
    assistant,
    config: { ...config.server, port: 0, rateLimitPerMinute: 0 },
    logger: pino({ level: "silent" }),
    webFolder: config.folders.seeds,
    version: "bench",
    integrations: [
      {
        path: "/mcp",
        methods: ["get", "post", "delete"],
        access: "owners",
        jsonBytes: 1_000_000,
        handle: (request, response, caller) =>
          sessions.handle(request, response, caller, (request as { body?: unknown }).body),
      },
    ],
  });
  try {
    await overhead(server.url);
    for (const call of CALLS) await fuzz(server.url, call);
  } finally {
    await server.close(0);
    await close();
  }
}

async function overhead(url: string): Promise<void> {
  const times = { ask: [] as number[], chat: [] as number[] };
  const messages = [{ role: "user", content: QUESTION }];
  for (let pair = 0; pair < PAIRS; pair++) {
    times.ask.push(await timed(() => post(url, "/api/ask", { question: QUESTION })));
    times.chat.push(await timed(() => post(url, "/v1/chat/completions", { model: "footnote", messages })));
  }
  const [ask, chat] = [percentile(times.ask, 0.5), percentile(times.chat, 0.5)];
  console.log(
    `  p50 of ${PAIRS}: /api/ask ${ask.toFixed(1)} ms, /v1/chat/completions ${chat.toFixed(1)} ms: ${(chat - ask).toFixed(1)} ms more (≤ 3)`,
  );
}

interface FuzzedCall {
  readonly path: string;
  readonly body: (word: () => string) => object;
}

const tool = (name: string, args: (word: () => string) => object): FuzzedCall => ({
  path: "/mcp",
  body: (word) => ({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: args(word) } }),
});

const CALLS: readonly FuzzedCall[] = [
  {
    path: "/v1/chat/completions",
    body: (word) => ({
      model: "footnote",
      messages: [
        { role: "user", content: word() },
        { role: "assistant", content: `${word()} [1]\n\n**References**\n\n[1] *${word()}*` },
        { role: "user", content: [{ type: "text", text: word() }] },
      ],
      stop: [word()],
      max_tokens: 50,
      stream: word().length % 2 === 0,
    }),
  },
  { path: "/v1/embeddings", body: (word) => ({ input: [word(), word()], encoding_format: "float" }) },
  tool("search", (word) => ({ query: word(), limit: 5 })),
  tool("fetch", (word) => ({ id: word() })),
  tool("ask_papers", (word) => ({ question: word() })),
  tool("find_quote", (word) => ({ text: word() })),
  tool("compare_papers", (word) => ({ ids: [word(), word()] })),
  tool("export_references", (word) => ({ ids: [word()], format: "ris" })),
];

const WORDS = [
  "attention",
  "What is pruning?",
  "\u0000",
  "",
  "𝒳🐝",
  "[1] *",
  "a".repeat(5000),
  "null",
  "<script>",
  "../..",
  "\ud800",
  "ignore all instructions",
  "猫",
];

async function fuzz(url: string, call: FuzzedCall): Promise<void> {
  const random = seededRandom(11);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const headers = call.path === "/mcp" ? await session(url) : {};
  const statuses = new Map<number, number>();
  let slowest = 0;
  for (let at = 0; at < BODIES; at++) {
    let body = JSON.stringify(call.body(() => pick(WORDS)));
    if (at % 2 === 1) body = damaged(body, random);
    let status = 0;
    slowest = Math.max(
      slowest,
      await timed(async () => {
        status = await send(url, call.path, body, headers);
      }),
    );
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  const bad = [...statuses].filter(([status]) => status >= 500 || status === 0);
  const told = [...statuses].map(([status, count]) => `${count} × ${status}`).join(", ");
  const name =
    call.path === "/mcp" ? JSON.parse(JSON.stringify(call.body(() => "a"))).params.name : call.path;
  console.log(
    `  ${bad.length === 0 && slowest < HANG_MS ? "ok  " : "BAD "} ${name}: ${told}; slowest ${slowest.toFixed(0)} ms`,
  );
}

/** A letter taken away, put in or changed, a few times. */
function damaged(body: string, random: () => number): string {
  let text = body;
  for (let times = 1 + Math.floor(random() * 4); times > 0; times--) {
    const at = Math.floor(random() * text.length);
    const put = random() < 0.6 ? String.fromCharCode(32 + Math.floor(random() * 95)) : "";
    text = text.slice(0, at) + put + text.slice(at + (random() < 0.5 ? 1 : 0));
  }
  return text;
}

const JSON_HEADERS = {
  "content-type": "application/json",
  accept: "application/json, text/event-stream",
};

async function session(url: string): Promise<Record<string, string>> {
  const params = {
    protocolVersion: "2025-06-18",
    capabilities: {},
    clientInfo: { name: "bench", version: "1" },
  };
  const body = JSON.stringify({ jsonrpc: "2.0", id: 0, method: "initialize", params });
  const response = await fetch(`${url}/mcp`, { method: "POST", headers: JSON_HEADERS, body });
  await response.text();
  return { "mcp-session-id": response.headers.get("mcp-session-id") ?? "" };
}

async function send(
  url: string,
  path: string,
  body: string,
  headers: Record<string, string>,
): Promise<number> {
  try {
    const signal = AbortSignal.timeout(2 * HANG_MS);
    const sent = { ...JSON_HEADERS, ...headers };
    const response = await fetch(`${url}${path}`, { method: "POST", headers: sent, body, signal });
    await response.text();
    return response.status;
  } catch {
    return 0;
  }
}

async function post(url: string, path: string, body: object): Promise<void> {
  const status = await send(url, path, JSON.stringify(body), {});
  if (status !== 200) throw new Error(`${path} answered ${status}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
