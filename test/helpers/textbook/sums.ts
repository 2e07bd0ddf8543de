/** term(0) + ... + term(n - 1) */
export function sum(n: number, term: (index: number) => number): number {
  let total = 0;
  for (let index = 0; index < n; index++) total += term(index);
  return total;
}

/** Each pair of a row and a column. */
export function each(rows: number, columns: number, visit: (row: number, column: number) => void): void {
  for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) visit(row, column);
}

/** log Σ exp x, of numbers of any size, minus infinity among them */
export function logSumExp(numbers: readonly number[]): number {
  const largest = Math.max(...numbers);
  if (largest === Number.NEGATIVE_INFINITY) return largest;
  return largest + Math.log(numbers.reduce((total, x) => total + Math.exp(x - largest), 0));
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
