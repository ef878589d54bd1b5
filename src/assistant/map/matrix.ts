/** Rows of numbers in one array: entry `row * columns + column`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}
