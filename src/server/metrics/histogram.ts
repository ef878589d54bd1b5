import type { Family, Sample } from "./family.ts";

/** Seconds: an extractive answer takes some hundredths, one of a local model minutes. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

interface Series {
  /** Observations up to each bound and above the one before; the last is for those above all. */
  readonly counts: number[];
  sum: number;
}

interface HistogramOptions<Value extends string> {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  readonly values: readonly Value[];
}

/** How often a time fell under each bound, by the value of one label. */
export class Histogram<Value extends string> implements Family {
  readonly type = "histogram";
  readonly name: string;
  readonly help: string;
  readonly #label: string;
  readonly #series: ReadonlyMap<Value, Series>;

  constructor({ name, help, label, values }: HistogramOptions<Value>) {
    this.name = name;
    this.help = help;
    this.#label = label;
    this.#series = new Map(
      values.map((value) => [value, { counts: new Array<number>(BOUNDS.length + 1).fill(0), sum: 0 }]),
    );
  }

  observe(value: Value, seconds: number): void {
    const series = this.#series.get(value);
    if (series === undefined) return;
    const at = BOUNDS.findIndex((bound) => seconds <= bound);
    const bucket = at < 0 ? BOUNDS.length : at;
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
    series.sum += seconds;
  }

  *samples(): Iterable<Sample> {
    for (const [value, { counts, sum }] of this.#series) {
      const labels = { [this.#label]: value };
      let below = 0;
      for (const [at, count] of counts.entries()) {
        below += count;
        const le = at < BOUNDS.length ? String(BOUNDS[at]) : "+Inf";
        yield { suffix: "_bucket", labels: { ...labels, le }, value: below };
      }
      yield { suffix: "_sum", labels, value: sum };
      yield { suffix: "_count", labels, value: below };
    }
  }
}
