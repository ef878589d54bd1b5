type Labels = Readonly<Record<string, string>>;

export interface Sample {
  /** Behind the family's name, as a histogram has it: `_bucket`. */
  readonly suffix?: string;
  readonly labels?: Labels;
  readonly value: number;
}

/** What is measured under one name. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge" | "histogram";
  samples(): Iterable<Sample>;
}

interface CounterOptions<Label extends string> {
  readonly name: string;
  readonly help: string;
  /** Counted from 0 on: what has never happened can then be told from what is not measured. */
  readonly known?: readonly Readonly<Record<Label, string>>[];
}

/** A number that only grows, one for each set of labels. Label values come from a small fixed set. */
export class Counter<Label extends string> implements Family {
  readonly type = "counter";
  readonly name: string;
  readonly help: string;
  readonly #counts = new Map<string, { readonly labels: Labels; value: number }>();

  constructor({ name, help, known = [] }: CounterOptions<Label>) {
    this.name = name;
    this.help = help;
    for (const labels of known) this.#count(labels);
  }

  increment(labels: Readonly<Record<Label, string>>, by = 1): void {
    this.#count(labels).value += by;
  }

  samples(): Iterable<Sample> {
    return this.#counts.values();
  }

  #count(labels: Labels): { value: number } {
    const key = JSON.stringify(labels);
    const count = this.#counts.get(key) ?? { labels, value: 0 };
    this.#counts.set(key, count);
    return count;
  }
}

/** A number that is read when it is asked for; undefined: there is none now. */
export function gauge(
  name: string,
  help: string,
  read: () => number | readonly Sample[] | undefined,
): Family {
  return {
    name,
    help,
    type: "gauge",
    samples: () => {
      const value = read();
      if (value === undefined) return [];
      return typeof value === "number" ? [{ value }] : value;
    },
  };
}

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

/** Content-Type of what `expose` writes. */
export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Families as Prometheus reads them: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function expose(families: readonly Family[]): string {
  return families.map(familyText).join("");
}

function familyText(family: Family): string {
  const { name, help, type } = family;
  const samples = [...family.samples()].map((sample) => sampleText(name, sample));
  return [`# HELP ${name} ${help}\n`, `# TYPE ${name} ${type}\n`, ...samples].join("");
}

function sampleText(name: string, { suffix = "", labels = {}, value }: Sample): string {
  return `${name}${suffix}${labelsText(labels)} ${value === Number.POSITIVE_INFINITY ? "+Inf" : value}\n`;
}

function labelsText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
