import { ALL } from "../eval/groups.ts";
import type { Threshold } from "../eval/threshold.ts";
import { UsageError } from "./usage-error.ts";

const OPTION = /^--(min|max)-(?:([^.=]+)\.)?([^.=]+)(?:=(.*))?$/;

/**
 * `--min-semantic.hit@10 0.7`, `--max-all.p99=80`, and what is left of the arguments. Without a group, of all questions.
 * @throws UsageError for any other option, and a value that is no number
 */
export function readThresholds(given: readonly string[]): { operands: string[]; thresholds: Threshold[] } {
  const operands: string[] = [];
  const thresholds: Threshold[] = [];
  const rest = [...given];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (!argument.startsWith("-")) {
      operands.push(argument);
      continue;
    }
    const [, bound, group = ALL, figure, joined] = OPTION.exec(argument) ?? [];
    if (figure === undefined) throw new UsageError(`unknown option "${argument}"`);
    const text = joined ?? rest.shift() ?? "";
    const value = Number(text);
    if (text.trim() === "" || !Number.isFinite(value)) {
      throw new UsageError(`${argument} takes a number, as in --min-semantic.hit@10 0.7; it is "${text}"`);
    }
    thresholds.push({ bound: bound === "min" ? "min" : "max", group, figure, value });
  }
  return { operands, thresholds };
}
