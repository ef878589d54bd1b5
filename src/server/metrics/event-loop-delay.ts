import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Family, Sample } from "./family.ts";
import { gauge } from "./gauge.ts";

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
