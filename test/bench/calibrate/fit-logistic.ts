/** Logistic regression with a ridge, by Newton's method (Hastie, Tibshirani & Friedman 2009, 4.4). */
import type { Weights } from "../../../src/answer/abstain/evidence.ts";

/** Strength of the ridge on the weights of standardised features; the constant is free. */
const RIDGE = 2;
const MOST_STEPS = 50;
/** Longest step of a weight: far from the optimum Newton's own overshoot. */
const LONGEST_STEP = 2;

export interface Example<Features> {
  readonly features: Features;
  readonly positive: boolean;
  readonly weight: number;
}

export function fitLogistic<Features extends { readonly [name in keyof Features]: number }>(
  examples: readonly Example<Features>[],
): Weights<Features> {
  const names = Object.keys(examples[0]?.features ?? {}) as (keyof Features)[];
  const scales = names.map((name) => scaleOf(examples.map(({ features }) => features[name])));
  const rows = examples.map(({ features }) => [
    1,
    ...names.map((name, at) => (features[name] - scales[at]!.mean) / scales[at]!.deviation),
  ]);
  let weights = rows[0]!.map(() => 0);
  for (let step = 0; step < MOST_STEPS; step++) {
    const change = newtonStep(rows, examples, weights);
    weights = weights.map(
      (weight, at) => weight + Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, change[at]!)),
    );
    if (Math.max(...change.map(Math.abs)) < 1e-6) break;
  }
  const [constant = 0, ...standard] = weights;
  const raw = standard.map((weight, at) => weight / scales[at]!.deviation);
  const shift = raw.reduce((sum, weight, at) => sum + weight * scales[at]!.mean, 0);
  const entries = names.map((name, at) => [name, raw[at]] as const);
  return Object.fromEntries([...entries, ["constant", constant - shift]]) as Weights<Features>;
}

function scaleOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}

function newtonStep(
  rows: readonly number[][],
  examples: readonly Example<unknown>[],
  weights: readonly number[],
): number[] {
  const size = weights.length;
  const gradient = weights.map((weight, at) => (at === 0 ? 0 : -RIDGE * weight));
  const curvature = weights.map((_, i) => weights.map((_, j) => (i === j ? (i === 0 ? 1e-9 : RIDGE) : 0)));
  for (const [at, row] of rows.entries()) {
    const { positive, weight } = examples[at]!;
    const probability = 1 / (1 + Math.exp(-row.reduce((sum, value, i) => sum + value * weights[i]!, 0)));
    const slope = weight * probability * (1 - probability);
    for (let i = 0; i < size; i++) {
      gradient[i]! += weight * ((positive ? 1 : 0) - probability) * row[i]!;
      for (let j = 0; j < size; j++) curvature[i]![j]! += slope * row[i]! * row[j]!;
    }
  }
  return solve(curvature, gradient);
}

/** Gauss–Jordan with pivots. */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at]!]);
  for (let i = 0; i < rows.length; i++) {
    let pivot = i;
    for (let r = i; r < rows.length; r++) if (Math.abs(rows[r]![i]!) > Math.abs(rows[pivot]![i]!)) pivot = r;
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    for (let r = 0; r < rows.length; r++) {
      if (r === i) continue;
      const factor = rows[r]![i]! / rows[i]![i]!;
      for (let c = i; c <= rows.length; c++) rows[r]![c]! -= factor * rows[i]![c]!;
    }
  }
  return rows.map((row, at) => row.at(-1)! / row[at]!);
}
