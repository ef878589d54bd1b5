import type { Answer } from "../../protocol.ts";
import { Counter } from "./counter.ts";
import { expose } from "./exposition.ts";
import type { Family } from "./family.ts";
import { Histogram } from "./histogram.ts";

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
      this.clientsDropped,
      this.httpRequests,
      ...this.#watched,
    ]);
  }
}
