import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Assistant } from "../../assistant/port.ts";
import type { Answer } from "../../protocol.ts";
import { Counter, expose, type Family, gauge, Histogram, type Sample } from "./families.ts";

/** How an ask ended: as its last frame says, or without any. */
const OUTCOMES = ["done", "aborted", "error", "refused"];
/** What kept an ask out: asks in a minute, the line, or what one connection follows. */
const LIMITS = ["rate", "search", "line", "connection"];
const DROPS = ["too_slow", "silent", "unauthorized"];
const STAGES = ["waiting", "retrieval", "first_token", "total"] as const;

/** What the server counts, and, once told to, watches. Names and labels are a promise to anyone who keeps dashboards. */
export class ServerMetrics {
  readonly asks = new Counter<"outcome">({
    name: "footnote_asks_total",
    help: "Questions, by how they ended",
    known: OUTCOMES.map((outcome) => ({ outcome })),
  });
  readonly limited = new Counter<"limit">({
    name: "footnote_rate_limited_total",
    help: "Questions and searches rejected by a limit, by that limit",
    known: LIMITS.map((limit) => ({ limit })),
  });
  readonly clientsDropped = new Counter<"reason">({
    name: "footnote_clients_dropped_total",
    help: "Connections that the server ended for what the client did or did not do",
    known: DROPS.map((reason) => ({ reason })),
  });
  readonly httpRequests = new Counter<"method" | "route" | "status">({
    name: "footnote_http_requests_total",
    help: "HTTP requests, by route of the API",
  });
  /** Models are those of the settings: a small fixed set. */
  readonly #modelAnswers = new Counter<"model" | "outcome">({
    name: "footnote_model_answers_total",
    help: "Questions that a language model was set for, by model and by whether it or the papers answered",
  });
  readonly #modelTokens = new Counter<"model" | "kind">({
    name: "footnote_model_tokens_total",
    help: "Tokens of answers, as the model's server reports them",
  });
  readonly #seconds = new Histogram({
    name: "footnote_answer_seconds",
    help: "Waiting in line, retrieval, then from the question to the first word and to the end",
    label: "stage",
    values: STAGES,
  });
  readonly #watched: Family[] = [];

  /** Shown from now on, after the counters. */
  watch(...families: readonly Family[]): void {
    this.#watched.push(...families);
  }

  /** What an answer took of its language model. */
  count({ model, fallback, usage }: Pick<Answer, "model" | "fallback" | "usage">): void {
    const asked = fallback?.from ?? model;
    if (asked === "extractive") return;
    this.#modelAnswers.increment({ model: asked, outcome: fallback === undefined ? "answered" : "failed" });
    if (usage === undefined) return;
    this.#modelTokens.increment({ model: asked, kind: "input" }, usage.inputTokens);
    this.#modelTokens.increment({ model: asked, kind: "output" }, usage.outputTokens);
  }

  /** @param timings of the whole answer, whose clock runs while it waits. @param waitedMs in line */
  observe({ retrievalMs, firstTokenMs, totalMs }: Answer["timings"], waitedMs: number): void {
    this.#seconds.observe("waiting", waitedMs / 1000);
    if (retrievalMs > 0) this.#seconds.observe("retrieval", Math.max(0, retrievalMs - waitedMs) / 1000);
    if (firstTokenMs > 0) this.#seconds.observe("first_token", firstTokenMs / 1000);
    this.#seconds.observe("total", totalMs / 1000);
  }

  /** In Prometheus' text format. */
  toText(): string {
    return expose([
      this.asks,
      this.limited,
      this.#seconds,
      this.#modelAnswers,
      this.#modelTokens,
      this.clientsDropped,
      this.httpRequests,
      ...this.#watched,
    ]);
  }
}

interface Watched {
  readonly assistant: Pick<Assistant, "readiness">;
  readonly queue: { readonly running: number; readonly waiting: number };
  readonly sockets: { readonly size: number; readonly bufferedBytes: number };
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** What the server is like at the moment. */
export function serverGauges({ assistant, queue, sockets, version, now = Date.now }: Watched): Family[] {
  const index = () => {
    const readiness = assistant.readiness();
    return readiness.status === "ready" ? readiness : undefined;
  };
  const ageSeconds = () => {
    const made = index()?.indexedAt;
    return made === undefined ? undefined : Math.max(0, now() - Date.parse(made)) / 1000;
  };
  return [
    gauge("footnote_answers_running", "Answers being made", () => queue.running),
    gauge("footnote_answers_waiting", "Questions in line", () => queue.waiting),
    gauge("footnote_sockets", "Open WebSocket connections", () => sockets.size),
    gauge(
      "footnote_socket_buffered_bytes",
      "Bytes that WebSocket clients have yet to take",
      () => sockets.bufferedBytes,
    ),
    gauge("footnote_ready", "1 when questions can be answered", () => (index() === undefined ? 0 : 1)),
    gauge("footnote_index_papers", "Papers in the index", () => index()?.papers),
    gauge("footnote_index_passages", "Passages in the index", () => index()?.passages),
    gauge("footnote_index_age_seconds", "Since the index was made", ageSeconds),
    gauge("footnote_build_info", "The version that runs", () => [{ labels: { version }, value: 1 }]),
    gauge("process_resident_memory_bytes", "Resident memory", () => process.memoryUsage.rss()),
  ];
}

/** Milliseconds between two looks. Each finds the time since the one before, so this much of it is no delay. */
const RESOLUTION = 10;
const QUANTILES = [0.5, 0.99];

/** How late timers fire, since it was read last. `stop` ends the watching. */
export function eventLoopDelay(): { readonly family: Family; stop(): void } {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION });
  histogram.enable();
  const read = (): Sample[] => {
    const samples = QUANTILES.map((quantile) => ({
      labels: { quantile: String(quantile) },
      value: Math.max(0, histogram.percentile(quantile * 100) / 1e6 - RESOLUTION) / 1000,
    }));
    histogram.reset();
    return samples;
  };
  return {
    family: gauge(
      "footnote_event_loop_delay_seconds",
      "How late the event loop runs timers, since the last scrape",
      read,
    ),
    stop: () => histogram.disable(),
  };
}
