/** The samples of Prometheus' text format by name and labels, as they are written: `name{label="value"}`. */
export function parseMetrics(text: string): Map<string, number> {
  const samples = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    samples.map((line) => {
      const [, name = "", value = ""] = /^(\w+(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
      if (name === "" || Number.isNaN(Number(value))) throw new Error(`no sample: ${line}`);
      return [name, Number(value)];
    }),
  );
}
