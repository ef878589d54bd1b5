/** A fitted logistic regression: what each feature adds to the logarithm of the odds. */
export type Weights<Features> = Readonly<Record<keyof Features | "constant", number>>;

/** ln(p / (1 − p)) of what was fitted. */
export function logit<Features extends { readonly [name in keyof Features]: number }>(
  features: Features,
  weights: Weights<Features>,
): number {
  let sum: number = weights.constant;
  for (const name in features) sum += weights[name] * features[name];
  return sum;
}
