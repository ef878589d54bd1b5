import { FIGURES } from "./figures.ts";
import type { GroupSummary } from "./summary.ts";

/** The least or the most that a figure may be: `semantic.hit@10` at least .7. */
export interface Threshold {
  readonly bound: "min" | "max";
  readonly group: string;
  readonly figure: string;
  readonly value: number;
}

/**
 * The figures that miss a threshold, a sentence each; with halves, those of each half that has them too. A figure that
 * no question has misses its threshold.
 */
export function missed(
  thresholds: readonly Threshold[],
  summary: ReadonlyMap<string, GroupSummary>,
): string[] {
  return thresholds.flatMap(({ bound, group, figure, value }) => {
    const own = summary.get(group);
    const parts = (own?.halves ?? []).map(({ figures }, at) => ({
      where: at === 0 ? ", even half" : ", odd half",
      is: figures[figure],
    }));
    const measured = [{ where: "", is: own?.figures[figure] }, ...parts.filter(({ is }) => is !== undefined)];
    return measured.flatMap(({ where, is }) => {
      if (is !== undefined && (bound === "min" ? is >= value : is <= value)) return [];
      const limit = `${bound === "min" ? "at least" : "at most"} ${value} is asked for`;
      return [
        `${group}.${figure}${where} ${is === undefined ? "was not measured" : `is ${round(is)}`}: ${limit}`,
      ];
    });
  });
}

/** @returns why there is no such figure, or undefined */
export function unknownFigure({ group, figure }: Threshold, known: Iterable<string>): string | undefined {
  const names = [...known];
  if (!names.includes(group)) return `there is no group "${group}": ${names.join(", ")}`;
  return FIGURES.has(figure)
    ? undefined
    : `there is no figure "${figure}": ${[...FIGURES.keys()].join(", ")}`;
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;
