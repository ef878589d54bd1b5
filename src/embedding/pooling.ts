/**
 * One vector a text out of a model's token vectors, L2-normalised. `mean` averages the vectors of real tokens
 * (Sentence-BERT, Reimers & Gurevych 2019); `cls` takes the first token's. Written as plain loops over numbers:
 * the library's own pooling walks BigInt masks and takes ten times as long for the same result.
 * @param hidden row-major, texts × tokens × dimension
 * @param mask row-major, texts × tokens; 1 for a real token, 0 for padding
 * @returns texts vectors; a text without a real token, or with only zero vectors, gives the zero vector
 */
export function pool(
  hidden: Float32Array,
  mask: ArrayLike<bigint | number>,
  shape: { texts: number; tokens: number; dimension: number },
  mode: "mean" | "cls",
): Float32Array[] {
  const { texts, tokens, dimension } = shape;
  return Array.from({ length: texts }, (_, text) => {
    const sum = new Float64Array(dimension);
    const counted = mode === "cls" ? Math.min(1, tokens) : tokens;
    for (let token = 0; token < counted; token++) {
      if (Number(mask[text * tokens + token]) === 0) continue;
      const offset = (text * tokens + token) * dimension;
      for (let i = 0; i < dimension; i++) sum[i] = (sum[i] as number) + (hidden[offset + i] as number);
    }
    return normalize(sum);
  });
}

/** The vector at unit length; the zero vector stays zero. */
function normalize(vector: Float64Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  const unit = new Float32Array(vector.length);
  if (length > 0) for (let i = 0; i < unit.length; i++) unit[i] = (vector[i] as number) / length;
  return unit;
}
