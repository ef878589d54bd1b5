import type { Family, Labels, Sample } from "./family.ts";

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

  increment(labels: Readonly<Record<Label, string>>): void {
    this.#count(labels).value += 1;
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
