import { seededRandom } from "../util/statistics.ts";

/** Rows of numbers in one array: entry `row * columns + column`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** Rounds of orthogonal iteration: the leading directions of abstracts stand still after some 20. */
const ROUNDS = 30;

/**
 * The rows in the directions of their greatest variance, greatest first, their mean at the origin: principal component
 * analysis, by orthogonal iteration (Golub & Van Loan, 8.2.4) on the covariance of `sample`.
 * @param sample rows that the directions are taken from
 * @param count directions, at most the columns of `matrix`
 */
export function principalComponents(matrix: Matrix, sample: readonly number[], count: number): Matrix {
  const mean = meanOf(matrix, sample);
  const directions = leadingDirections(covariance(matrix, sample, mean), matrix.columns, count);
  const values = new Float32Array(matrix.rows * count);
  for (let row = 0; row < matrix.rows; row++) {
    for (const [at, direction] of directions.entries()) {
      let sum = 0;
      for (let i = 0; i < matrix.columns; i++) {
        sum +=
          ((matrix.values[row * matrix.columns + i] as number) - (mean[i] as number)) *
          (direction[i] as number);
      }
      values[row * count + at] = sum;
    }
  }
  return { rows: matrix.rows, columns: count, values };
}

function meanOf({ columns, values }: Matrix, sample: readonly number[]): Float64Array {
  const mean = new Float64Array(columns);
  for (const row of sample) {
    for (let i = 0; i < columns; i++) mean[i] = (mean[i] as number) + (values[row * columns + i] as number);
  }
  return mean.map((sum) => sum / Math.max(1, sample.length));
}

/** columns × columns; its scale does not matter here. */
function covariance(
  { columns, values }: Matrix,
  sample: readonly number[],
  mean: Float64Array,
): Float64Array {
  const sums = new Float64Array(columns * columns);
  const centred = new Float64Array(columns);
  for (const row of sample) {
    for (let i = 0; i < columns; i++) {
      centred[i] = (values[row * columns + i] as number) - (mean[i] as number);
    }
    for (let i = 0; i < columns; i++) {
      const factor = centred[i] as number;
      for (let j = 0; j < columns; j++) {
        sums[i * columns + j] = (sums[i * columns + j] as number) + factor * (centred[j] as number);
      }
    }
  }
  return sums;
}

function leadingDirections(symmetric: Float64Array, size: number, count: number): Float64Array[] {
  const random = seededRandom(size);
  let directions: Float64Array[] = Array.from({ length: count }, () =>
    Float64Array.from({ length: size }, () => random() - 0.5),
  );
  for (let round = 0; round < ROUNDS; round++) {
    directions = orthonormal(directions.map((direction) => product(symmetric, direction)));
  }
  return directions;
}

function product(symmetric: Float64Array, vector: Float64Array): Float64Array {
  return vector.map((_, i) => {
    const row = i * vector.length;
    let sum = 0;
    for (let j = 0; j < vector.length; j++) sum += (symmetric[row + j] as number) * (vector[j] as number);
    return sum;
  });
}

/** Gram–Schmidt; a vector that depends on those before it becomes zero. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const done: Float64Array[] = [];
  for (const vector of vectors) {
    const before = norm(vector);
    for (const other of done) {
      let along = 0;
      for (let i = 0; i < vector.length; i++) along += (vector[i] as number) * (other[i] as number);
      for (let i = 0; i < vector.length; i++) {
        vector[i] = (vector[i] as number) - along * (other[i] as number);
      }
    }
    const length = norm(vector);
    const depends = length <= before * 1e-9;
    done.push(vector.map((value) => (depends ? 0 : value / length)));
  }
  return done;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}

export interface NearestRows {
  /** Nearest first. */
  readonly rows: readonly number[];
  /** Euclidean distances to them. */
  readonly distances: readonly number[];
}

/**
 * The `count` rows among `candidates`, `row` itself left out, that lie nearest to it, exactly. Ties keep the order of
 * `candidates`. Fastest where the first columns vary most: a distance is summed up only until it is too great.
 */
export function nearestRows(
  { columns, values }: Matrix,
  row: number,
  candidates: readonly number[],
  count: number,
): NearestRows {
  const rows: number[] = [];
  const squares: number[] = [];
  const from = row * columns;
  for (const candidate of candidates) {
    if (candidate === row) continue;
    const farthest = rows.length < count ? Number.POSITIVE_INFINITY : (squares[count - 1] as number);
    const to = candidate * columns;
    let square = 0;
    for (let i = 0; i < columns && square < farthest; i++) {
      const difference = (values[from + i] as number) - (values[to + i] as number);
      square += difference * difference;
    }
    if (square >= farthest) continue;
    let at = Math.min(rows.length, count - 1);
    for (; at > 0 && (squares[at - 1] as number) > square; at--) {
      rows[at] = rows[at - 1] as number;
      squares[at] = squares[at - 1] as number;
    }
    rows[at] = candidate;
    squares[at] = square;
  }
  return { rows, distances: squares.map(Math.sqrt) };
}
