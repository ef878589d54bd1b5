import type { Assistant } from "../../assistant/port.ts";
import type { AnswerQueue } from "../answers/answer-queue.ts";
import type { Family } from "./family.ts";
import { gauge } from "./gauge.ts";

interface Watched {
  readonly assistant: Pick<Assistant, "readiness">;
  readonly queue: Pick<AnswerQueue, "running" | "waiting">;
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
