import type { SparseRows } from '../../src/words/sparse-rows.js';

/** Returns the matrix with its zeros. */
export function dense({ rows, columns, starts, places, numbers }: SparseRows): number[][] {
  return Array.from({ length: rows }, (_, row) => {
    const all = new Array<number>(columns).fill(0);
    for (let index = starts[row] as number; index < (starts[row + 1] as number); index++)
      all[places[index] as number] = numbers[index] as number;
    return all;
  });
}

/** Returns a matrix without its zeros. */
export function sparse(matrix: readonly (readonly number[])[]): SparseRows {
  const starts = [0];
  const places: number[] = [];
  const numbers: number[] = [];
  for (const row of matrix) {
    for (const [place, number] of row.entries()) {
      if (number === 0) continue;
      places.push(place);
      numbers.push(number);
    }
    starts.push(places.length);
  }
  return {
    rows: matrix.length,
    columns: matrix[0]?.length ?? 0,
    starts: Int32Array.from(starts),
    places: Int32Array.from(places),
    numbers: Float64Array.from(numbers),
  };
}
