/** Columns that `dots` takes at once: as many running sums as fit a processor's registers with room to spare. */
export const COLUMNS = 5;

/**
 * The dot products of a row with five columns. To read each value of the row once takes .6 of the time of five times
 * `dot` (1,500 rows of 256 with ten columns: 1.5 ms, not 2.3).
 * @param rows row-major; the row begins at `from` and is as long as the columns
 * @param columns interleaved: the first value of each column, then the second of each …
 * @param into where they go, from `at` on
 */
export function dots(
  rows: Float32Array,
  from: number,
  columns: Float64Array,
  into: Float32Array,
  at: number,
): void {
  let [first, second, third, fourth, fifth] = [0, 0, 0, 0, 0];
  for (let i = from, k = 0; k < columns.length; i++, k += COLUMNS) {
    const value = rows[i] as number;
    first += value * (columns[k] as number);
    second += value * (columns[k + 1] as number);
    third += value * (columns[k + 2] as number);
    fourth += value * (columns[k + 3] as number);
    fifth += value * (columns[k + 4] as number);
  }
  into[at] = first;
  into[at + 1] = second;
  into[at + 2] = third;
  into[at + 3] = fourth;
  into[at + 4] = fifth;
}
