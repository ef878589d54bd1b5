export type Labels = Readonly<Record<string, string>>;

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
