/** /metrics: what a dashboard relies on, in Prometheus' text format. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import { Counter, expose, gauge, Histogram } from "../../src/server/metrics/families.ts";
import { eventLoopDelay, ServerMetrics } from "../../src/server/metrics/server-metrics.ts";
import { eventually } from "../support/eventually.ts";
import { Gate } from "../support/gate.ts";
import { parseMetrics } from "../support/metrics.ts";
import { TestServer } from "../support/test-server.ts";

describe("the text format", () => {
  it("gives help, type and a sample a line", () => {
    const counter = new Counter<"outcome">({
      name: "asks_total",
      help: "Asks",
      known: [{ outcome: "done" }],
    });
    counter.increment({ outcome: "error" });
    counter.increment({ outcome: "error" });
    expect(expose([counter, gauge("up", "Is up", () => 1), gauge("age", "None yet", () => undefined)])).toBe(
      [
        "# HELP asks_total Asks",
        "# TYPE asks_total counter",
        'asks_total{outcome="done"} 0',
        'asks_total{outcome="error"} 2',
        "# HELP up Is up",
        "# TYPE up gauge",
        "up 1",
        "# HELP age None yet",
        "# TYPE age gauge",
        "",
      ].join("\n"),
    );
  });

  it("escapes the values of labels", () => {
    const odd = gauge("odd", "Odd", () => [{ labels: { name: 'a "b"\\c\nd' }, value: 0.5 }]);
    expect(expose([odd])).toContain('odd{name="a \\"b\\"\\\\c\\nd"} 0.5\n');
  });

  it("counts times under growing bounds", () => {
    const histogram = new Histogram({ name: "took", help: "Took", label: "stage", values: ["all", "none"] });
    for (const seconds of [0.004, 0.005, 0.3, 1000]) histogram.observe("all", seconds);
    const samples = parseMetrics(expose([histogram]));
    const below = (le: string) => samples.get(`took_bucket{stage="all",le="${le}"}`);
    expect(["0.005", "0.01", "0.25", "0.5", "300", "+Inf"].map(below)).toEqual([2, 2, 2, 3, 3, 4]);
    expect(samples.get('took_sum{stage="all"}')).toBeCloseTo(1000.309);
    expect(samples.get('took_count{stage="all"}')).toBe(4);
    expect(samples.get('took_count{stage="none"}')).toBe(0);
  });
});

it("are served as Prometheus asks, each name with help and type, and documented", async () => {
  const server = await TestServer.start();
  await server.send("POST", "/api/ask", { question: "a" });
  const response = await server.get("/metrics");
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const text = await response.text();
  const described = [...text.matchAll(/^# HELP (\w+) .+\n# TYPE \1 (counter|gauge|histogram)$/gm)];
  const names = new Set(described.map(([, name = ""]) => name));
  for (const sample of parseMetrics(text).keys()) {
    expect(names).toContain(sample.replace(/\{.*/, "").replace(/_(bucket|sum|count)$/, ""));
  }
  const readme = readFileSync("src/server/README.md", "utf8");
  const firstCells = [...readme.matchAll(/^\|(.+?)\|/gm)].flatMap(
    ([, cell = ""]) => cell.match(/`\w+`/g) ?? [],
  );
  const inReadme = firstCells
    .map((cell) => cell.slice(1, -1))
    .filter((name) => /^(footnote|process)_/.test(name));
  expect(inReadme.sort()).toEqual([...names].sort());
});

it("count asks by how they ended, over every transport", async () => {
  const server = await TestServer.start();
  const asks = (outcome: string) => server.metric(`footnote_asks_total{outcome="${outcome}"}`);
  await server.send("POST", "/api/ask", { question: "a" });
  await (await server.send("POST", "/api/ask", { question: "a" }, { Accept: "text/event-stream" })).text();
  const client = await server.socket();
  client.send({ type: "ask", requestId: "r1", question: "a" });
  await client.answer();
  await eventually(() => asks("done")).toBe(3);

  server.assistant.refusal = new AppError("indexing", "not yet");
  await server.send("POST", "/api/ask", { question: "a" });
  await eventually(() => asks("refused")).toBe(1);
  server.assistant.refusal = undefined;

  const gate = new Gate();
  server.assistant.pace = (_, { signal }) => gate.pass(signal);
  client.send({ type: "ask", requestId: "r2", question: "a" });
  const [start] = await client.answer(1);
  expect(await server.metric("footnote_answers_running")).toBe(1);
  client.send({ type: "cancel", messageId: start!.messageId });
  await client.answer();
  await eventually(() => asks("aborted")).toBe(1);
  server.assistant.pace = () => Promise.reject(new Error("broken"));
  client.send({ type: "ask", requestId: "r3", question: "a" });
  await client.answer();
  await eventually(() => asks("error")).toBe(1);
  expect(await server.metric('footnote_answer_seconds_count{stage="total"}')).toBe(3);
});

it("leave out of retrieval what an answer waited, and stages that it had not", () => {
  const metrics = new ServerMetrics();
  metrics.observe({ retrievalMs: 2010, firstTokenMs: 0, totalMs: 2020 }, 2000);
  const samples = parseMetrics(metrics.toText());
  const sum = (stage: string) => samples.get(`footnote_answer_seconds_sum{stage="${stage}"}`);
  expect(["waiting", "retrieval", "first_token", "total"].map(sum)).toEqual([2, 0.01, 0, 2.02]);
  expect(samples.get('footnote_answer_seconds_count{stage="first_token"}')).toBe(0);
});

it("tell the index and its age, as soon as there is one", async () => {
  const server = await TestServer.start();
  server.assistant.state = { status: "indexing", done: 1, total: 2 };
  expect(await server.metric("footnote_ready")).toBe(0);
  expect(await server.metric("footnote_index_papers")).toBeUndefined();
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
  server.assistant.state = {
    status: "ready",
    papers: 236,
    passages: 700,
    embeddingModel: "fake",
    answerModel: "extractive",
    components: {},
    indexedAt: hourAgo,
  };
  expect(await server.metric("footnote_ready")).toBe(1);
  expect(await server.metric("footnote_index_papers")).toBe(236);
  expect(await server.metric("footnote_index_passages")).toBe(700);
  expect(await server.metric("footnote_index_age_seconds")).toBeCloseTo(3600, -1);
});

it("count requests by route as it is defined, whatever is called", async () => {
  const server = await TestServer.start();
  for (let i = 0; i < 20; i++) {
    await server.get(`/api/papers/none-${i}`);
    await server.get(`/api/nothing-${i}`);
    await server.get(`/somewhere-${i}`);
    await server.send("PUT", `/api/papers/put-${i}`);
  }
  const text = await (await server.get("/metrics")).text();
  const requests = [...parseMetrics(text)].filter(([name]) =>
    name.startsWith("footnote_http_requests_total"),
  );
  expect(Object.fromEntries(requests)).toEqual({
    'footnote_http_requests_total{method="GET",route="/api/papers/:id",status="404"}': 20,
    'footnote_http_requests_total{method="other",route="/api/papers/:id",status="404"}': 20,
    'footnote_http_requests_total{method="other",route="other",status="404"}': 40,
  });
});

it("tell sockets, those that say nothing, memory and version", async () => {
  const server = await TestServer.start({ limits: { ping: 20, silence: 200 } });
  const silent = await server.socket();
  expect(await server.metric("footnote_sockets")).toBe(1);
  silent.raw.pong = () => {};
  await eventually(() => server.metric('footnote_clients_dropped_total{reason="silent"}')).toBe(1);
  await eventually(() => server.metric("footnote_sockets")).toBe(0);
  expect(await server.metric("process_resident_memory_bytes")).toBeGreaterThan(10_000_000);
  expect(await server.metric('footnote_build_info{version="1.2.3"}')).toBe(1);
});

it("tell how late the event loop was since they were read last", async () => {
  const { family, stop } = eventLoopDelay();
  const p99 = () => [...family.samples()].find(({ labels }) => labels?.quantile === "0.99")?.value ?? -1;
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  await pause(50);
  p99();
  await pause(30);
  for (const until = performance.now() + 150; performance.now() < until; );
  await pause(30);
  expect(p99()).toBeGreaterThan(0.1);
  stop();
});
